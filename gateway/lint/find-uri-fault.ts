import { isPlaceholder } from './find-template-functions.ts';

const STREAM_PATH = '/response-streaming-invocations';
const ARN = /^arn:[^:]+:apigateway:[^:]*:[^:]+:(path|action)\/.+$/;
const LAMBDA =
  /:lambda:path\/\/?\d{4}-\d\d-\d\d\/functions\/(.+?)\/(response-streaming-)?invocations$/;

/** Whether a URI calls a function by InvokeWithResponseStream (fact 69). */
export const isStreamUri = (uri: string): boolean => uri.endsWith(STREAM_PATH);

/** Finds what is wrong with the address of an integration (facts 33 and 85). */
export const findUriFault = (type: string, uri: string | undefined): string | undefined => {
  if (type === 'mock') return undefined;
  if (!uri) return 'is missing: add it';
  // What a variable of the stage has is not known yet; a placeholder is another fault (fact 86).
  if (uri.startsWith('${stageVariables.') || isPlaceholder(uri)) return undefined;
  if (type.startsWith('http')) {
    return isAddress(uri) ? undefined : `is ${uri}: write an http or https address`;
  }
  const arn = uri.replace(/\$\{AWS::\w+\}/g, 'x');
  if (!ARN.test(arn)) {
    return `is ${uri}: write arn:aws:apigateway:REGION:lambda:path/2015-03-31/functions/FUNCTION_ARN/invocations`;
  }
  return uri.includes(':lambda:path/') && !LAMBDA.test(uri)
    ? `is ${uri}: it must name a function and end in /invocations`
    : undefined;
};

/** Whether a text is an http or https address with a host, whatever its variables come to. */
function isAddress(uri: string): boolean {
  const text = uri.replace(/\$\{stageVariables\.[^}]*\}/g, '1').replace(/\{[^{}]*\}/g, 'x');
  return /^https?:\/\/[^\s/]\S*$/.test(text) && URL.canParse(text);
}

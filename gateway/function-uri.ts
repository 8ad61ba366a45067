const PLACE = 'us-east-1';
const ACCOUNT = '123456789012';

/** The URI by which API Gateway calls a Lambda function (fact 33), for a function that exists on this machine alone. */
export const toFunctionUri = (name: string): string =>
  `arn:aws:apigateway:${PLACE}:lambda:path/2015-03-31/functions/${toArn(name)}/invocations`;

/** The same for a function that streams (fact 69). */
export const toStreamUri = (name: string): string =>
  `arn:aws:apigateway:${PLACE}:lambda:path/2021-11-15/functions/${toArn(name)}/response-streaming-invocations`;

const toArn = (name: string): string => `arn:aws:lambda:${PLACE}:${ACCOUNT}:function:${name}`;

/**
 * The name of the function that a URI calls, without version and alias; undefined if it calls none.
 * @param uri with its stage variables replaced
 */
export const toFunctionName = (uri: string): string | undefined => {
  const path = /\/functions\/(.+?)\/(?:response-streaming-)?invocations$/.exec(uri)?.[1];
  return path === undefined ? undefined : (/:function:([^:]+)/.exec(path)?.[1] ?? path);
};

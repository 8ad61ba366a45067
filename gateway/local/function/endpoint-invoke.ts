/**
 * Invokes a function through AWS's runtime interface emulator, which every Lambda base image contains.
 * Throws what the function throws.
 * @param url where the emulator listens, such as `http://function:8080`
 */
export const createEndpointInvoke = (url: string): ((event: unknown) => Promise<unknown>) => {
  const endpoint = new URL('/2015-03-31/functions/function/invocations', url);
  // One event at a time: the emulator is one execution environment, and a second event during the first
  // breaks it (https://github.com/aws/aws-lambda-runtime-interface-emulator/issues/97).
  let last: Promise<unknown> = Promise.resolve();
  return (event) => {
    const result = last.then(() => post(endpoint, event));
    last = result.catch(() => undefined);
    return result;
  };
};

async function post(endpoint: URL, event: unknown): Promise<unknown> {
  const response = await fetch(endpoint, { method: 'POST', body: JSON.stringify(event) });
  const text = await response.text();
  const result = parse(text);
  if (isFailure(result)) throw new Error(`${result.errorType ?? 'Error'}: ${result.errorMessage}`);
  if (response.ok && result !== NOT_JSON && !response.headers.has('x-amz-function-error')) {
    return result;
  }
  // For example, the emulator reports a timeout in plain text, with status 200.
  throw new Error(`The function's endpoint answered ${response.status}: ${text.slice(0, 500)}`);
}

const NOT_JSON = Symbol('not JSON');

function parse(text: string): unknown {
  try {
    return text === '' ? null : JSON.parse(text);
  } catch {
    return NOT_JSON;
  }
}

const isFailure = (result: unknown): result is { errorMessage: string; errorType?: string } =>
  typeof result === 'object' && result !== null && 'errorMessage' in result;

import type { InvokeStream } from './lambda-function.ts';

/**
 * Invokes functions that stream over HTTP: a server that takes the event as the body of a POST, and answers with the
 * bytes of InvokeWithResponseStream (fact 70). AWS's runtime interface emulator has no streaming (fact 77).
 * @param url where the server listens, such as `http://streams:8080`
 */
export const createEndpointInvokeStream = (url: string): InvokeStream =>
  async function* invoke(event, { signal }) {
    const response = await fetch(url, { method: 'POST', body: JSON.stringify(event), signal });
    if (!response.ok || !response.body) {
      throw new Error(`The streaming function's endpoint answered ${response.status}`);
    }
    yield* response.body;
  };

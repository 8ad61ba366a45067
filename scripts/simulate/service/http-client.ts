import type { ClientRequest, IncomingHttpHeaders, RequestOptions } from 'node:http';
import { Agent as HttpAgent, request as httpRequest } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';

export type Message = {
  method: 'GET' | 'POST';
  /** Includes the query. */
  path: string;
  headers?: Record<string, string>;
  body?: Buffer;
};

/** A fault of the network: the reply is lost, or the request is cut off within its body. */
export type Fault = { kind: 'lost reply' | 'cut off'; afterMs: number };

export type Reply = { status: number; headers: IncomingHttpHeaders; body: unknown; ms: number };

export type Outcome =
  | { reply: Reply }
  | { loss: 'on purpose' | 'unreachable' | 'broken off' | 'timed out' };

export type HttpClient = {
  send(message: Message, fault?: Fault): Promise<Outcome>;
  /** The number of open connections. */
  connections(): number;
  close(): void;
};

// Longer than API Gateway's timeout of 29 s.
const TIMEOUT_MS = 35_000;

/** Sends requests over keep-alive connections, with faults where asked for. */
export const createHttpClient = (url: URL, apiKey: string): HttpClient => {
  const isSecure = url.protocol === 'https:';
  const agent = new (isSecure ? HttpsAgent : HttpAgent)({ keepAlive: true });
  const request = isSecure ? httpsRequest : httpRequest;
  const prefix = url.pathname.replace(/\/$/, '');
  const open = ({ method, path, headers, body }: Message): ClientRequest => {
    const options: RequestOptions = {
      agent,
      method,
      signal: AbortSignal.timeout(TIMEOUT_MS),
      headers: {
        'x-api-key': apiKey,
        ...headers,
        ...(body && { 'content-length': body.length }),
      },
    };
    return request(new URL(`${prefix}${path}`, url), options);
  };
  return {
    send: (message, fault) =>
      fault ? sendIntoVoid(open(message), message, fault) : exchange(open(message), message),
    connections: () =>
      [agent.sockets, agent.freeSockets].flatMap((sockets) => Object.values(sockets).flat()).length,
    close: () => agent.destroy(),
  };
};

function exchange(request: ClientRequest, { body }: Message): Promise<Outcome> {
  const startedAt = performance.now();
  return new Promise((resolve) => {
    const fail = (error: Error): void => resolve({ loss: toLoss(error) });
    request.on('error', fail).on('response', async (response) => {
      const { statusCode: status = 0, headers } = response;
      try {
        let text = '';
        for await (const chunk of response.setEncoding('utf8')) text += chunk;
        const ms = performance.now() - startedAt;
        resolve({ reply: { status, headers, body: parse(text), ms } });
      } catch (error) {
        fail(error as Error);
      }
    });
    request.end(body);
  });
}

/** Sends a request whose outcome the device never learns. */
function sendIntoVoid(request: ClientRequest, { body }: Message, fault: Fault): Promise<Outcome> {
  return new Promise((resolve) => {
    const end = (): void => {
      request.destroy();
      resolve({ loss: 'on purpose' });
    };
    request.on('error', end).on('response', (response) => response.on('error', end).resume());
    const endSoon = (): unknown => setTimeout(end, fault.afterMs);
    if (fault.kind === 'lost reply') request.end(body, endSoon);
    else request.write(body?.subarray(0, body.length / 2), endSoon);
  });
}

function toLoss({ name, code }: NodeJS.ErrnoException): 'unreachable' | 'broken off' | 'timed out' {
  if (name === 'AbortError' || name === 'TimeoutError') return 'timed out';
  return code === 'ECONNREFUSED' ? 'unreachable' : 'broken off';
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

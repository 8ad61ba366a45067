import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { gunzipSync } from 'node:zlib';
import type { components } from '../../generated/openapi.ts';

export type SentEvent = components['schemas']['NewEvent'];
export type Result = components['schemas']['EventResult'];

/** Stores events; returns the service's results, in order. */
export type Store = (events: SentEvent[]) => Promise<Result[]>;

export type Lies = {
  /** Returns results for the events, or a status for all of them. */
  write?: (events: SentEvent[], store: Store) => Promise<Result[]> | Refusal;
  /** @param read sends the GET request to the service */
  read?: (path: string, read: Read) => Promise<Page>;
};

type Page = { status: number; headers?: Record<string, string>; body: unknown };
type Refusal = { status: number; headers?: Record<string, string> };
type Read = (path: string) => Promise<Page>;

/** A proxy that makes a service break its promises. */
export const createUnreliableProxy = async (
  target: string,
  { write = (events, store) => store(events), read = (path, readIt) => readIt(path) }: Lies,
) => {
  const server = createServer(async (message, response) => {
    const headers = { 'x-api-key': String(message.headers['x-api-key']) };
    const path = message.url ?? '/';
    const body = await readBody(message);
    if (body === undefined) return;
    const page =
      message.method === 'GET'
        ? read(path, createRead(target, headers))
        : answerWrite(path, body, (events) => write(events, createStore(target, headers)));
    // The service itself may be too busy, or stopped.
    const { status, headers: sent, body: answer } = await page.catch(() => UNAVAILABLE);
    response.writeHead(status, sent).end(JSON.stringify(answer));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
};

const UNAVAILABLE: Page = { status: 503, body: {} };

/** Undefined if the client closed the connection. */
async function readBody(message: IncomingMessage): Promise<string | undefined> {
  const body = await buffer(message).catch(() => undefined);
  const isCompressed = message.headers['content-encoding'] === 'gzip';
  return body && (isCompressed ? gunzipSync(body) : body).toString();
}

const createRead =
  (target: string, headers: Record<string, string>): Read =>
  async (path) => {
    const response = await fetch(`${target}${path}`, { headers });
    return { status: response.status, body: await response.json() };
  };

const createStore =
  (target: string, headers: Record<string, string>): Store =>
  async (events) => {
    if (events.length === 0) return [];
    const response = await fetch(`${target}/events/batch`, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json' },
      body: JSON.stringify({ events }),
    });
    if (response.status !== 207) throw new Error(`The service answered ${response.status}`);
    const { results } = (await response.json()) as { results: Result[] };
    return results;
  };

/** Sends even one event as a batch. */
async function answerWrite(
  path: string,
  body: string,
  write: (events: SentEvent[]) => Promise<Result[]> | Refusal,
): Promise<Page> {
  const isBatch = path === '/events/batch';
  const sent = JSON.parse(body);
  const results = await write(isBatch ? sent.events : [sent]);
  if ('status' in results) return { ...results, body: {} };
  if (isBatch) return { status: 207, body: { results } };
  const [result] = results;
  if (result?.problem) return { status: result.problem.status, body: result.problem };
  return { status: result?.status === 'created' ? 201 : 200, body: result };
}

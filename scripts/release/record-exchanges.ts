import { createCorpus } from '../../openapi/corpus.ts';
import type { Client } from './client.ts';
import type { Exchange, ExchangeRequest, Reply } from './exchange.ts';
import { toDevice } from './exchange.ts';
import { scenarios } from './scenarios.ts';

/** Sends the requests whose replies later releases must keep; records the replies. */
export const recordExchanges = async (ask: Client): Promise<Exchange[]> => {
  const exchanges: Exchange[] = [];
  for (const [scenario, steps] of Object.entries(scenarios)) {
    let last: Reply | undefined;
    for (const { title, ...step } of steps) {
      const request = withCursor(step, last);
      const reply = await ask(request);
      exchanges.push({ scenario, title, request, reply: withoutMoment(reply) });
      last = reply;
    }
  }
  for (const { title, request } of toSingleRequests()) {
    const reply = withoutMoment(await ask(request));
    exchanges.push({ scenario: 'of the contract', title, request, reply });
  }
  return exchanges;
};

/** Fills in the last reply's cursor, which is recorded: clients may use a cursor across an update. */
function withCursor(request: ExchangeRequest, last: Reply | undefined): ExchangeRequest {
  if (request.query?.cursor !== '{cursor}') return request;
  const { nextCursor: cursor } = (last?.body ?? {}) as { nextCursor?: string };
  if (!cursor) throw new Error('A step needs a cursor, and the reply before it has none');
  return { ...request, query: { ...request.query, cursor } };
}

// Differ in each run; only their types are compared.
const MOMENTARY = /"(requestId|serverTime|lastReceivedAt)":"[^"]*"/g;
// The time at which an event without a date arrived stands beside its status.
const STAMP = /("status":"created"),"date":"[^"]*"/g;

function withoutMoment({ status, headers, body }: Reply): Reply {
  const text = JSON.stringify(body)
    .replaceAll(MOMENTARY, '"$1":"…"')
    .replaceAll(STAMP, '$1,"date":"…"');
  const etag = headers.etag && { etag: '…' };
  return { status, headers: { ...headers, ...etag }, body: JSON.parse(text) };
}

/** Requests that break one rule of the contract each; pairs of rules would take 18 MB and add little. */
function toSingleRequests(): { title: string; request: ExchangeRequest }[] {
  let devices = 0;
  const nextDevice = () => {
    devices += 1;
    return toDevice(`c${devices}`);
  };
  return createCorpus(nextDevice)
    .filter(({ title }) => title.split(', ').length <= 2)
    .map(({ title, method, path, query, headers, body }) => ({
      title,
      request: {
        method,
        path,
        ...(Object.keys(query).length > 0 && { query }),
        ...(Object.keys(headers).length > 0 && { headers }),
        ...(body !== null && method !== 'GET' && { body }),
      },
    }));
}

import type { components } from '../../generated/openapi.ts';
import { API_KEY } from '../harness/local-service.ts';
import type { Answer } from './find-undocumented.ts';
import { findUndocumented } from './find-undocumented.ts';

/** What became of an event, whichever way it was sent. */
export type Result = { status: string; problem?: components['schemas']['Problem'] };

export type Reply = Answer & { headers: Headers };

/** Sends requests, and throws at each reply that is not documented. */
export const createEventClient = (url: () => string) => {
  const ask = async (method: string, to: string, sent: Partial<Sent> = {}): Promise<Reply> => {
    const { body, headers = {} } = sent;
    const response = await fetch(`${url()}${to}`, {
      method,
      headers: { 'x-api-key': API_KEY, 'content-type': 'application/json', ...headers },
      ...(body !== undefined && { body }),
    });
    const type = response.headers.get('content-type') ?? '';
    const reply = { status: response.status, type, body: await response.text() };
    const wrong = findUndocumented(method, to.split('?', 1)[0] ?? '', reply);
    if (wrong) throw new Error(wrong);
    return { ...reply, headers: response.headers };
  };
  return {
    ask,
    /** One request for each of them. */
    async sendSingly(events: string[]): Promise<Result[]> {
      const results: Result[] = [];
      for (const body of events) results.push(toResult(await ask('POST', '/events', { body })));
      return results;
    },
    async sendTogether(events: string[]): Promise<Result[]> {
      const { body } = await ask('POST', '/events/batch', {
        body: `{"events":[${events.join(',')}]}`,
      });
      return JSON.parse(body).results;
    },
  };
};

type Sent = { body: string; headers: Record<string, string> };

function toResult({ status, body }: Answer): Result {
  const result = JSON.parse(body);
  return status < 300 ? result : { status: 'rejected', problem: result };
}

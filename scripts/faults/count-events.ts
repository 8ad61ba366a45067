import { createHttpClient } from '../simulate/service/http-client.ts';
import type { Ledger } from './devices.ts';
import { DAY, EVENT_TYPE } from './devices.ts';

export type Counts = {
  sent: number;
  acknowledged: number;
  once: number;
  twice: number;
  /** Acknowledged, and not there. */
  lost: number;
};

/** Reads the events of the devices back, and compares them with what the devices know. */
export const countEvents = async (url: URL, apiKey: string, ledgers: Ledger[]): Promise<Counts> => {
  const counts = { sent: 0, acknowledged: 0, once: 0, twice: 0, lost: 0 };
  for (const { deviceID, sent, acknowledged } of ledgers) {
    const times = new Map<number, number>();
    for (const nth of await readNumbers(url, apiKey, deviceID)) {
      times.set(nth, (times.get(nth) ?? 0) + 1);
    }
    counts.sent += sent;
    counts.acknowledged += acknowledged.size;
    for (const found of times.values()) counts[found === 1 ? 'once' : 'twice'] += 1;
    for (const nth of acknowledged) if (!times.has(nth)) counts.lost += 1;
  }
  return counts;
};

type Page = { events: { value: string }[]; nextCursor?: string };

async function readNumbers(url: URL, apiKey: string, deviceID: string): Promise<number[]> {
  const client = createHttpClient(url, apiKey);
  const numbers: number[] = [];
  for (let cursor: string | undefined = ''; cursor !== undefined; ) {
    const query = { deviceID, eventType: EVENT_TYPE, date: DAY, ...(cursor && { cursor }) };
    const path = `/events?${new URLSearchParams(query)}`;
    const outcome = await client.send({ method: 'GET', path });
    if (!('reply' in outcome) || outcome.reply.status !== 200) {
      throw new Error(`The events of ${deviceID} cannot be read: ${JSON.stringify(outcome)}`);
    }
    const page = outcome.reply.body as Page;
    numbers.push(...page.events.map(({ value }) => Number.parseInt(value, 10)));
    cursor = page.nextCursor;
  }
  client.close();
  return numbers;
}

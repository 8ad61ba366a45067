import { randomBytes, randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { HttpClient } from '../simulate/service/http-client.ts';
import { createHttpClient } from '../simulate/service/http-client.ts';

/** What a device knows of its events, which are numbered from 0. */
export type Ledger = { deviceID: string; sent: number; acknowledged: Set<number> };

export type Devices = {
  ledgers: Ledger[];
  /** How many requests were not acknowledged. */
  countRefused(): number;
  /** The longest wait for a reply, or for a failure, of the requests that ended after that time. */
  findLongestMs(after: number): number;
  /** When the first event was acknowledged after that time; undefined if none was yet. */
  findSuccess(after: number): number | undefined;
  /** Ends once each device's last event is acknowledged, or after 30 s. */
  stop(): Promise<void>;
};

export const EVENT_TYPE = 'reading';
export const DAY = '2026-05-05';
const DEVICES = 8;
const PAUSE_MS = 40;
const RETRY_MS = 100;
const LAST_MS = 30_000;

/**
 * Starts devices that send one event after another, and each again until it is acknowledged. Every other device
 * gives its events ids.
 * @param bytes how long each value is
 */
export const startDevices = (url: URL, apiKey: string, bytes = 0): Devices => {
  const client = createHttpClient(url, apiKey);
  const ended: { at: number; ms: number; isStored: boolean }[] = [];
  let isStopping = false;
  let giveUpAt = Number.POSITIVE_INFINITY;
  const send = async (body: Buffer): Promise<boolean> => {
    const started = performance.now();
    const isStored = await post(client, body);
    const at = performance.now();
    ended.push({ at, ms: at - started, isStored });
    return isStored;
  };
  const run = async (ledger: Ledger, hasIds: boolean): Promise<void> => {
    while (!isStopping) {
      const nth = ledger.sent;
      const body = toBody(ledger.deviceID, nth, hasIds, bytes);
      ledger.sent += 1;
      while (performance.now() < giveUpAt) {
        if (await send(body)) {
          ledger.acknowledged.add(nth);
          break;
        }
        await sleep(RETRY_MS);
      }
      await sleep(PAUSE_MS);
    }
  };
  const ledgers = Array.from({ length: DEVICES }, () => ({
    deviceID: randomUUID(),
    sent: 0,
    acknowledged: new Set<number>(),
  }));
  const running = Promise.all(ledgers.map((ledger, nth) => run(ledger, nth % 2 === 0)));
  return {
    ledgers,
    countRefused: () => ended.filter(({ isStored }) => !isStored).length,
    findLongestMs: (after) => Math.max(...ended.flatMap(({ at, ms }) => (at > after ? ms : []))),
    findSuccess: (after) => ended.find(({ at, isStored }) => isStored && at > after)?.at,
    async stop() {
      isStopping = true;
      giveUpAt = performance.now() + LAST_MS;
      await running;
      client.close();
    },
  };
};

async function post(client: HttpClient, body: Buffer): Promise<boolean> {
  const headers = { 'content-type': 'application/json' };
  const outcome = await client.send({ method: 'POST', path: '/events', headers, body });
  return 'reply' in outcome && [200, 201].includes(outcome.reply.status);
}

/** The value begins with the number of the event. */
function toBody(deviceID: string, nth: number, hasIds: boolean, bytes: number): Buffer {
  const event = {
    deviceID,
    eventType: EVENT_TYPE,
    date: new Date(Date.parse(DAY) + nth * 1_000).toISOString(),
    value: `${nth} ${randomBytes(bytes / 2).toString('hex')}`,
    ...(hasIds && { id: `nth-${nth}` }),
  };
  return Buffer.from(JSON.stringify(event));
}

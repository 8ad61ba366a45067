import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { Traits } from '../device/traits.ts';
import type { LedgerEvent } from '../ledger/ledger.ts';
import type { Message } from '../service/http-client.ts';

/** An item of a request; a malformed one has no event. */
export type Item = { text: string; event?: LedgerEvent };

/** The content of one request. */
export type Shipment = { items: Item[]; isBatch: boolean };

export const eventsOf = ({ items }: Shipment): LedgerEvent[] => [
  ...new Set(items.flatMap(({ event }) => event ?? [])),
];

const HOUR_MS = 3_600_000;

/** Serialises an event as its device does. */
export const toItem = (event: LedgerEvent, { hasUpperCaseId, dateStyle }: Traits): Item => {
  const { deviceID, eventType, id, value, date } = event;
  const text = JSON.stringify({
    ...(date !== undefined && { date: formatDate(date, dateStyle) }),
    deviceID: hasUpperCaseId ? deviceID.toUpperCase() : deviceID,
    eventType,
    id,
    value,
  });
  return { event, text };
};

/** Formats an instant in one of the ways that RFC 3339 allows. */
export const formatDate = (date: number, style: Traits['dateStyle']): string => {
  const utc = new Date(date).toISOString();
  if (style === 'microseconds') return utc.replace('Z', '417Z');
  return style === 'UTC' ? utc : new Date(date + 2 * HOUR_MS).toISOString().replace('Z', '+02:00');
};

// Below this size, compression saves no packet.
const COMPRESSED_FROM_BYTES = 1_400;

export const toMessage = async ({ items, isBatch }: Shipment): Promise<Message> => {
  const texts = items.map(({ text }) => text);
  const body = Buffer.from(isBatch ? `{"events":[${texts.join(',')}]}` : texts.join());
  const headers = { 'content-type': 'application/json' };
  const message = { method: 'POST', path: isBatch ? '/events/batch' : '/events' } as const;
  if (!isBatch || body.length < COMPRESSED_FROM_BYTES) return { ...message, headers, body };
  return {
    ...message,
    headers: { ...headers, 'content-encoding': 'gzip' },
    body: await promisify(gzip)(body),
  };
};

import { toJsonText } from '../http/to-json-text.ts';

/**
 * The size of an event as replies write it, however it was sent: compact, with a date and a value, and without
 * `receivedAt`. So what is read of an event that was accepted is accepted, too.
 * @returns what no event of that text exceeds, if that is within the limit
 */
export const toEventBytes = ({ text, value }: Parsed, maxBytes: number): number => {
  const most = MAX_GROWTH * Buffer.byteLength(text);
  return most <= maxBytes ? most : Buffer.byteLength(toJsonText(toWritten(value)));
};

type Parsed = { text: string; value: unknown };

// `1e20`, which is four bytes, is written in 21; a date and a value are added to an event of at least 67 bytes.
const MAX_GROWTH = 6;
const DATE = new Date(0).toISOString();

/** An item of a batch is not validated yet, and may be anything. */
function toWritten(event: unknown): unknown {
  if (typeof event !== 'object' || event === null || Array.isArray(event)) return event;
  const { value = null } = event as { value?: unknown };
  return { ...event, date: DATE, value, receivedAt: undefined };
}

import type { Event, Instant } from './reply.ts';
import { START } from './values.ts';

/** What an event has in every SDK, whatever its types. */
export type Stored = { date: number; value: unknown };

/** The event that stores the value at this second after the start. */
export const toStored = (value: unknown, second: number): Stored => ({
  date: START + second * 1_000,
  value,
});

/** An event as the SDK returned it. */
export const fromEvent = (event: Event | null | undefined): Stored => ({
  date: toMillis(event?.date),
  value: event?.value ?? null,
});

export const toMillis = (instant: Instant | null | undefined): number =>
  Date.parse(String(instant));

/** The events of server-sent events. */
export const fromStream = (text: string | null | undefined): Stored[] =>
  (text ?? '')
    .split('\n\n')
    .flatMap((message) => /^data: ?(.*)$/m.exec(message)?.[1] ?? [])
    .map((data) => fromEvent(JSON.parse(data)));

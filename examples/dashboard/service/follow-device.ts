import type { Client, Event } from '../../../clients/typescript/src/index.ts';
import type { Follow } from './updates.ts';

/** The most event types that one stream takes. */
export const MAX_FOLLOWED = 20;

/**
 * Follows event types of a device. The client connects again by itself where a stream broke, after a random time and as
 * `Retry-After` asks, and loses nothing; it throws if the service refuses for good.
 */
export const followDevice =
  (
    client: Client,
    { deviceID, eventTypes }: { deviceID: string; eventTypes: string[] },
    onEvent: (event: Event) => void,
  ): Follow =>
  async (signal, told) => {
    const retry = { maxTries: 1_000, deadlineMs: Number.POSITIVE_INFINITY, maxDelayMs: 60_000 };
    const call = {
      signal,
      retry,
      onAttempt: ({ status }: { status: number | undefined }) => told(status === 200),
    };
    for await (const event of client.live({ deviceID, eventType: eventTypes }, call)) {
      onEvent(event);
    }
  };

import type { EventBuffer } from './event-buffer.ts';
import type { Sender } from './settle.ts';
import { settle } from './settle.ts';
import { toOutcome } from './to-outcome.ts';

type Page = {
  document?: Target & { visibilityState: string };
} & Target;
type Target = Record<
  'addEventListener' | 'removeEventListener',
  (type: string, listener: () => void) => void
>;

// Browsers send at most 64 KiB for a page that is gone.
const MAX_BYTES = 60_000;

/**
 * When a browser's page is hidden or left, sends the first events by a request that outlives it. The events stay in the queue
 * until they are acknowledged. Returns a function that ends this; without a page, does nothing.
 */
export const sendAtUnload = (buffer: EventBuffer, sender: Omit<Sender, 'signal'>): (() => void) => {
  const page = globalThis as unknown as Page;
  const { document } = page;
  let isSending = false;
  const send = async (): Promise<void> => {
    const batch = buffer.first(MAX_BYTES);
    if (isSending || batch.length === 0) return;
    isSending = true;
    try {
      const events = batch.map(({ event }) => event);
      const { results } = await sender.client.addEvents(
        { events },
        { keepalive: true, retry: false },
      );
      const outcomes = results.map(toOutcome);
      settle(batch, outcomes, buffer.remove, sender);
    } catch {
      // The events are still in the queue, which sends them if the page stays.
    } finally {
      isSending = false;
    }
  };
  const leave = (): void => void send();
  const hide = (): void => {
    if (document?.visibilityState === 'hidden') leave();
  };
  if (!document) return () => undefined;
  page.addEventListener('pagehide', leave);
  document.addEventListener('visibilitychange', hide);
  return () => {
    page.removeEventListener('pagehide', leave);
    document.removeEventListener('visibilitychange', hide);
  };
};

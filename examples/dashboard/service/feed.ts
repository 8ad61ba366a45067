import type { View } from '../page/view.ts';
import type { Api, Event } from './api.ts';
import type { History } from './history.ts';
import { extendHistory, loadHistory, trimHistory } from './history.ts';
import type { Label } from './label.ts';
import { toLabel } from './label.ts';
import type { Span } from './range.ts';
import { toSpan } from './range.ts';

/** The history of a series, and the span that it covers. */
export type Picture = { history: History; span: Span };

// How often to read everything again, to find events that arrived with an older date.
const WHOLE_READ_MS = 300_000;

/** Creates a feed that reads a view repeatedly: one request each time, and more if there are new events. */
export const createFeed = (api: Api) => {
  let known: History | undefined;
  let knownLatest: string | undefined;
  let readAt = 0;
  let types: ReturnType<Api['eventTypes']> | undefined;
  return {
    /** What the type of a view is called, and its unit. */
    async label({ eventType }: View, signal: AbortSignal): Promise<Label> {
      // Once: the operator describes types when the service is deployed. Without an answer, the page goes on.
      types ??= api.eventTypes(signal);
      const described = await types.catch((error: Error) => {
        // Given up for another view: asked again.
        if (error.name === 'AbortError') types = undefined;
        return [];
      });
      return toLabel(eventType, described);
    },

    latest: ({ deviceID }: View, signal: AbortSignal): Promise<Event[]> =>
      api.latest(deviceID, signal),

    async picture(
      { deviceID, eventType, range }: View,
      latest: Event | undefined,
      signal: AbortSignal,
    ): Promise<Picture> {
      const now = Date.now();
      const span = toSpan(range, now);
      const source = { api, deviceID, eventType, signal };
      const isNew = JSON.stringify(latest) !== knownLatest;
      known &&= trimHistory(known, span);
      if (!known || (span.isOpen && now - readAt >= WHOLE_READ_MS)) {
        known = await loadHistory(source, span);
        readAt = now;
      } else if (span.isOpen && isNew) {
        known = await extendHistory(source, span, known);
      }
      knownLatest = JSON.stringify(latest);
      return { history: known, span };
    },
  };
};

export type Feed = ReturnType<typeof createFeed>;

import type { NewEvent } from '../contract/api-types.ts';
import { within } from './within.ts';

/** Storage that keeps a queue's events when the process ends. Only one queue may use a store at a time. */
export type QueueStore = {
  /**
   * Returns the events that were saved last; an empty array if there are none. If it fails, the queue never saves: that
   * would overwrite the events. A store may set aside what it cannot read, tell so by `report`, and return the rest.
   */
  load(report: (error: unknown) => void): NewEvent[] | Promise<NewEvent[]>;
  /** Replaces the saved events by these, which are all queued events. Called once at a time. */
  save(events: NewEvent[]): void | Promise<void>;
};

/** Keeps a store up to date with the queue. */
export type QueueSaver = {
  /** Resolves once the events of an earlier run are in the queue, or if that takes too long. */
  loaded: Promise<void>;
  /** Starts a save; if one is in progress, another follows it. */
  save(): void;
  /** Resolves once every started save has finished; tries once more if the last one failed. */
  saved(): Promise<void>;
  /** The events that the store has, as far as is known. */
  kept(): NewEvent[];
  /** Stops using the store. */
  end(): void;
};

const LOAD_TIMEOUT_MS = 5_000;

/**
 * Creates a saver. It reports errors of the store; the queue then continues in memory. `take` puts the events of an earlier
 * run into the queue, and returns them as they are there.
 */
export const createQueueSaver = (
  store: QueueStore | undefined,
  events: () => NewEvent[],
  take: (earlier: NewEvent[]) => NewEvent[],
  onError: (error: unknown) => void,
): QueueSaver => {
  let isDirty = false;
  let saving: Promise<void> | undefined;
  let kept: NewEvent[] = [];
  // If loading failed, never save: that would overwrite the events in the store.
  let isUsable = store !== undefined;
  const load = async (): Promise<void> => {
    try {
      const earlier = (await store?.load(onError)) ?? [];
      if (!isUsable) return;
      kept = take(earlier);
    } catch (error) {
      isUsable = false;
      onError(error);
    }
  };
  const loading = load();
  const loaded = store ? withTimeout(loading, onError) : loading;
  const saveAll = async (): Promise<void> => {
    // Events added in the same turn of the event loop are saved together.
    await loading;
    while (isDirty && isUsable) {
      isDirty = false;
      const next = events();
      try {
        await store?.save(next);
      } catch (error) {
        isDirty = true;
        throw error;
      }
      kept = next;
    }
  };
  const start = (): void => {
    saving ??= saveAll()
      .catch(onError)
      .finally(() => {
        saving = undefined;
      });
  };
  return {
    loaded,
    save() {
      isDirty = true;
      start();
    },
    async saved() {
      await saving;
      if (isDirty) start();
      await saving;
    },
    kept: () => kept,
    end() {
      isUsable = false;
    },
  };
};

/** Waits for the store, but not for ever: the queue can send without it. */
async function withTimeout(loading: Promise<void>, onError: (error: unknown) => void) {
  let isLoaded = false;
  const done = loading.then(() => {
    isLoaded = true;
  });
  await within(LOAD_TIMEOUT_MS, done);
  if (!isLoaded) onError(new Error(`The store has loaded nothing for ${LOAD_TIMEOUT_MS} ms`));
}

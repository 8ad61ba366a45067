import type { NewEvent } from '../api-types.ts';

/** Storage that keeps a queue's events when the process ends. Only one queue may use a store at a time. */
export type QueueStore = {
  /** Returns the events that were saved last; an empty array if there are none. */
  load(): NewEvent[] | Promise<NewEvent[]>;
  /** Replaces the saved events by these, which are all queued events. Called once at a time. */
  save(events: NewEvent[]): void | Promise<void>;
};

/** Keeps a store up to date with the queue. */
export type QueueSaver = {
  /** Resolves once the events of an earlier run are in the queue. */
  loaded: Promise<void>;
  /** Starts a save; if one is in progress, another follows it. */
  save(): void;
  /** Resolves once every started save has finished. */
  saved(): Promise<void>;
};

/** Creates a saver. It reports errors of the store; the queue then continues in memory. */
export const createQueueSaver = (
  store: QueueStore | undefined,
  events: () => NewEvent[],
  take: (earlier: NewEvent[]) => void,
  onError: (error: unknown) => void,
): QueueSaver => {
  let isDirty = false;
  let saving: Promise<void> | undefined;
  // If loading failed, never save: that would overwrite the events in the store.
  let isReadable = store !== undefined;
  const load = async (): Promise<void> => {
    try {
      if (store) take(await store.load());
    } catch (error) {
      isReadable = false;
      onError(error);
    }
  };
  const loaded = load();
  const saveAll = async (): Promise<void> => {
    // Events added in the same turn of the event loop are saved together.
    await loaded;
    while (isDirty && isReadable) {
      isDirty = false;
      await store?.save(events());
    }
  };
  return {
    loaded,
    save() {
      isDirty = true;
      saving ??= saveAll()
        .catch(onError)
        .finally(() => {
          saving = undefined;
        });
    },
    async saved() {
      await saving;
    },
  };
};

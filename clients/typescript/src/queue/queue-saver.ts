import type { BatchEvent } from '../api-types.ts';

/** Where a queue's events outlive the process. */
export type QueueStore = {
  /** What was saved last; an empty array where nothing was. */
  load(): BatchEvent[] | Promise<BatchEvent[]>;
  /** All events that wait, in place of what was saved before. */
  save(events: BatchEvent[]): void | Promise<void>;
};

export type QueueSaver = {
  /** Resolves once what an earlier run left is in the queue. */
  loaded: Promise<void>;
  /** Begins to save, unless that is under way: then it is done once more after that. */
  save(): void;
  /** Resolves once all is saved. */
  saved(): Promise<void>;
};

/** Keeps a store like the queue; what goes wrong there is reported, and the queue goes on in memory. */
export const createQueueSaver = (
  store: QueueStore | undefined,
  events: () => BatchEvent[],
  take: (earlier: BatchEvent[]) => void,
  onError: (error: unknown) => void,
): QueueSaver => {
  let isDirty = false;
  let saving: Promise<void> | undefined;
  // What could not be read is never written over.
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
    // Adds of one turn are one save.
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

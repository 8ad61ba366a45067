import { EventStoreUnavailable } from '../../database/outage.ts';

/*
 * What reads may hold, in bytes of BSON. Small events take up to six times as much once they are objects: all reads
 * together stay below 600 MB of heap.
 */
/** One read: four times what a page needs. */
const READ_BYTES = 33_554_432;
/** All reads of a process. On Lambda, there is one at a time; the local service has any number. */
const ALL_BYTES = 3 * READ_BYTES;

/**
 * Says how many bytes a part of a read holds from now on.
 * @throws EventStoreUnavailable if that is more than there is for this read, or for all
 */
export type Hold = (part: 'query' | 'waiting' | 'page', bytes: number) => void;

/** Runs a read that says what it holds; when it has ended, it holds nothing. */
export type ReadMemory = <Result>(read: (hold: Hold) => Promise<Result>) => Promise<Result>;

/** Counts what all reads of a process hold. */
export const createReadMemory = (): ReadMemory => {
  let all = 0;
  return async (read) => {
    const parts = { query: 0, waiting: 0, page: 0 };
    let own = 0;
    const hold: Hold = (part, bytes) => {
      const more = bytes - parts[part];
      parts[part] = bytes;
      own += more;
      all += more;
      if (more <= 0 || (own <= READ_BYTES && all <= ALL_BYTES)) return;
      throw new EventStoreUnavailable(`Reads hold too much: this one ${own} bytes, all ${all}`);
    };
    try {
      return await read(hold);
    } finally {
      all -= own;
    }
  };
};

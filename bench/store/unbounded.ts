import type { Collection } from 'mongodb';
import { toNewEvent } from '../harness/requests.ts';
import type { Design, NewEvent } from './design.ts';
import { PAGE } from './design.ts';

type Day = {
  deviceID: string;
  eventType: string;
  date: Date;
  events: { date: Date; value: unknown }[];
};

/** Creates the design that this project replaces: one ever-growing document per day, newest event first. */
export const createUnbounded = async (days: Collection<Day>): Promise<Design> => {
  await days.createIndex({ deviceID: 1, eventType: 1, date: 1 }, { unique: true });
  const push = (events: NewEvent[]) => {
    const [first] = events;
    const key = toKey(first?.eventType ?? '');
    const $push = { events: { $each: events.map(toElement), $position: 0 } };
    return days.updateOne(key, { $push }, { upsert: true });
  };
  return {
    name: 'unbounded',
    title: 'one document per day ($position: 0)',
    add: (event) => push([event]),
    addAll: push,
    fill: (events) =>
      days.insertOne({
        ...toKey(events[0]?.eventType ?? ''),
        events: events.map(toElement).reverse(),
      }),
    async readPage(type) {
      const found = await days.findOne(toKey(type), { projection: { events: { $slice: PAGE } } });
      return found?.events.length ?? 0;
    },
    readDay: async (type) => (await days.findOne(toKey(type)))?.events.length ?? 0,
  };
};

const toKey = (eventType: string) => {
  const { date, deviceID } = toNewEvent(0);
  return { deviceID, eventType, date: new Date(date) };
};

const toElement = ({ date, value = null }: NewEvent) => ({ date: new Date(date), value });

import { describe, expectTypeOf, it } from 'vitest';
import type {
  BatchResult,
  Client,
  EventSummary,
  EventsQuery,
  LatestEvent,
  Page,
  ProblemError,
  Queue,
  StoredEvent,
} from '../../../clients/typescript/src/index.ts';
import type { operations } from '../../../generated/openapi.ts';

type Event = Parameters<Client['addEvent']>[0];
const device = { deviceID: '8f188304-e7b3-4a16-a243-b9470468478a', eventType: 'door' };

// tsc checks the types; running the tests proves nothing.
describe('the types', () => {
  it('have every operation of the contract except the health checks', () => {
    type Missing = Exclude<keyof operations, keyof Client>;

    expectTypeOf<Missing>().toEqualTypeOf<'getHealth' | 'getReadiness'>();
    expectTypeOf<Exclude<keyof Client, keyof operations>>().toEqualTypeOf<'events'>();
  });

  it('require a date for a single event, but not in a batch', () => {
    expectTypeOf<{ date: string } & typeof device>().toExtend<Event>();
    expectTypeOf<typeof device>().not.toExtend<Event>();
    expectTypeOf<typeof device>().toExtend<Parameters<Queue['add']>[0]>();
    // @ts-expect-error An unknown field is refused.
    ({ ...device, date: '', vlaue: 3 }) satisfies Event;
  });

  it('require either a day or a range', () => {
    ({ ...device, date: '2026-05-05', limit: 10, order: 'asc' }) satisfies EventsQuery;
    ({ ...device, from: '2026-05-05T00:00:00Z' }) satisfies EventsQuery;
    // @ts-expect-error Both.
    ({ ...device, date: '2026-05-05', from: '2026-05-05T00:00:00Z' }) satisfies EventsQuery;
    // @ts-expect-error Neither.
    device satisfies EventsQuery;
    // @ts-expect-error No such order.
    ({ ...device, date: '2026-05-05', order: 'up' }) satisfies EventsQuery;
  });

  it('describe the results', () => {
    type Result<Name extends keyof Client> = Awaited<ReturnType<Client[Name]>>;

    expectTypeOf<Result<'addEvent'>['status']>().toEqualTypeOf<'created' | 'duplicate'>();
    expectTypeOf<Result<'addEvents'>>().toEqualTypeOf<BatchResult[]>();
    expectTypeOf<Result<'getEvents'>>().toEqualTypeOf<Page>();
    expectTypeOf<Result<'events'>>().toExtend<AsyncIterable<StoredEvent>>();
    expectTypeOf<Result<'getLatestEvents'>>().toEqualTypeOf<LatestEvent[]>();
    expectTypeOf<Result<'getEventSummary'>>().toEqualTypeOf<EventSummary[]>();
    expectTypeOf<Result<'deleteDeviceEvents'>>().toEqualTypeOf<void>();
    expectTypeOf<ProblemError['serverTime']>().toEqualTypeOf<Date | undefined>();
  });
});

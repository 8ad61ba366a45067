import { describe, expectTypeOf, it } from 'vitest';
import type {
  CallOptions,
  Client,
  Device,
  DevicePage,
  Event,
  EventPage,
  EventResult,
  EventSummary,
  EventsQuery,
  NewEvent,
  ProblemError,
  Queue,
} from '../../../clients/typescript/src/index.ts';
import type { operations } from '../../../generated/openapi.ts';

const device = { deviceID: '8f188304-e7b3-4a16-a243-b9470468478a', eventType: 'door' };

// tsc checks the types; running the tests proves nothing.
describe('the types', () => {
  it('have every operation of the contract', () => {
    expectTypeOf<Exclude<keyof operations, keyof Client>>().toEqualTypeOf<never>();
    expectTypeOf<Exclude<keyof Client, keyof operations>>().toEqualTypeOf<
      'events' | 'latestEvents' | 'live' | 'devices' | 'deviceEventTypes' | 'export'
    >();
  });

  it('require a date or an id of an event, but not in a queue', () => {
    expectTypeOf<{ date: string } & typeof device>().toExtend<NewEvent>();
    expectTypeOf<{ id: string } & typeof device>().toExtend<NewEvent>();
    expectTypeOf<typeof device>().not.toExtend<NewEvent>();
    expectTypeOf<typeof device>().toExtend<Parameters<Queue['add']>[0]>();
    // @ts-expect-error An unknown field is refused.
    ({ ...device, date: '', vlaue: 3 }) satisfies NewEvent;
  });

  it('take back an event that was read', () => {
    expectTypeOf<Event>().toExtend<NewEvent>();
  });

  it('require either a day or a range', () => {
    ({ ...device, date: '2026-05-05', limit: 10, order: 'asc' }) satisfies EventsQuery;
    ({ ...device, since: '2026-05-05T00:00:00Z' }) satisfies EventsQuery;
    // @ts-expect-error Both.
    ({ ...device, date: '2026-05-05', since: '2026-05-05T00:00:00Z' }) satisfies EventsQuery;
    // @ts-expect-error Neither.
    device satisfies EventsQuery;
    // @ts-expect-error No such order.
    ({ ...device, date: '2026-05-05', order: 'up' }) satisfies EventsQuery;
  });

  it('describe the results', () => {
    type Result<Name extends keyof Client> = Awaited<ReturnType<Client[Name]>>;

    expectTypeOf<Result<'addEvent'>>().toEqualTypeOf<EventResult>();
    expectTypeOf<Result<'addEvents'>>().toEqualTypeOf<{ results: EventResult[] }>();
    expectTypeOf<Result<'listEvents'>>().toEqualTypeOf<EventPage>();
    expectTypeOf<Result<'events'>>().toExtend<AsyncIterable<Event>>();
    expectTypeOf<Result<'listLatestEvents'>>().toEqualTypeOf<EventPage>();
    expectTypeOf<Result<'latestEvents'>>().toExtend<AsyncIterable<Event>>();
    expectTypeOf<Result<'summarizeEvents'>>().toEqualTypeOf<EventSummary>();
    expectTypeOf<Result<'exportEvents'>>().toEqualTypeOf<AsyncIterable<Event>>();
    expectTypeOf<Result<'export'>>().toEqualTypeOf<AsyncIterable<Event>>();
    expectTypeOf<Result<'listDevices'>>().toEqualTypeOf<DevicePage>();
    expectTypeOf<Result<'getDevice'>>().toEqualTypeOf<Device>();
    expectTypeOf<Result<'getHealth'>>().toEqualTypeOf<{
      status: 'ok';
      version?: string;
      build?: string;
    }>();
    expectTypeOf<Parameters<Client['getHealth']>>().toEqualTypeOf<[options?: CallOptions]>();
    expectTypeOf<Result<'deleteDevice'>>().toEqualTypeOf<void>();
    expectTypeOf<ProblemError['serverTime']>().toEqualTypeOf<Date | undefined>();
  });
});

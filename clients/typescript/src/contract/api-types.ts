// The only file that imports the generated types: scripts/client/build-client.ts puts a copy beside it.
import type { components, operations } from '../../../../generated/openapi.ts';
import type { SendableEventType, ValueOf } from '../event-values.ts';

export type { operations } from '../../../../generated/openapi.ts';

type Schemas = components['schemas'];
type Query<Operation extends keyof operations> = NonNullable<
  operations[Operation]['parameters']['query']
>;

/** An event to send. The client gives it an `id` if it has neither a `date` nor an `id`. */
export type QueueEvent<Type extends string = SendableEventType> = Omit<
  Schemas['NewEvent'],
  'eventType' | 'value'
> & { eventType: Type } & SentValue<Type>;
/** A value may be left out where it may be null. */
type SentValue<Type extends string> =
  null extends ValueOf<Type> ? { value?: ValueOf<Type> } : { value: ValueOf<Type> };
/** An event as it is sent. Without a `date`, it has an `id`, and the service sets the date. */
export type NewEvent<Type extends string = SendableEventType> = QueueEvent<Type> &
  (Required<Pick<Schemas['NewEvent'], 'date'>> | Required<Pick<Schemas['NewEvent'], 'id'>>);
/** A stored event. Its `date` is in UTC, with milliseconds. */
export type Event<Type extends string = string> = Type extends unknown
  ? Omit<Schemas['Event'], 'eventType' | 'value'> & { eventType: Type; value: ValueOf<Type> }
  : never;
/** Some events. The last page has no `nextCursor`. */
export type EventPage<Type extends string = string> = Omit<Schemas['EventPage'], 'events'> & {
  events: Event<Type>[];
};
/** The outcome of storing one event: `created` or `duplicate`; in a batch also `rejected` or `failed`. */
export type EventResult = Schemas['EventResult'];
/** The numeric events of a range by interval. */
export type EventSummary = Schemas['EventSummary'];
/** The count, minimum, maximum, sum, mean, first and last of the numbers in one interval. */
export type EventInterval = Schemas['EventInterval'];
/** A device that has events. */
export type Device = Schemas['Device'];
/** Some devices; a page may be empty, and only the last one has no `nextCursor`. */
export type DevicePage = Schemas['DevicePage'];
/** An event type of a device, with the instants of its first and last events. */
export type DeviceEventType = Schemas['DeviceEventType'];
/** Some event types of a device. The last page has no `nextCursor`. */
export type DeviceEventTypePage = Schemas['DeviceEventTypePage'];
/** How many events a deletion would delete. */
export type EventCount = Schemas['EventCount'];
/** The event types that the operator describes. */
export type EventTypeList = Schemas['EventTypeList'];
/** What the events of a type mean: schema, unit and examples of their values. */
export type EventTypeDescription = Schemas['EventTypeDescription'];
/** A problem of the API (RFC 9457). */
export type Problem = Schemas['Problem'];
/** One thing that is wrong: its code, and a JSON pointer into the body or the name of a parameter. */
export type InvalidField = Schemas['InvalidField'];

/** Query of `listLatestEvents`: a device, and one event type or all of them. */
export type LatestEventsQuery<Type extends string = string> = OfType<
  Query<'listLatestEvents'>,
  Type
>;
/** Query of `listDevices`: all devices, or the silent ones; with the newest event of a type where asked for. */
export type DevicesQuery = Query<'listDevices'>;
/** Query of `listDeviceEventTypes`: the size of a page, and where it begins. */
export type DeviceEventTypesQuery = Query<'listDeviceEventTypes'>;
/** Query of `summarizeEvents`: a device, an event type, a range of time, an ISO 8601 interval, a time zone and a pointer. */
export type SummaryQuery = Query<'summarizeEvents'>;
/** Query of `streamEvents`: a device, 1 to 20 event types, and the place to go on from. */
export type LiveQuery<Type extends string = string> = Omit<Query<'streamEvents'>, 'eventType'> & {
  eventType: readonly Type[];
};
/** Query of `exportEvents`: a device, an event type or all of them, and a range of time; not how CSV is written. */
export type ExportQuery<Type extends string = string> = OfType<
  Omit<Query<'exportEvents'>, 'separator' | 'decimalMark' | 'byteOrderMark'>,
  Type
>;

/** The event type of a query that may have one. */
type OfType<Whole extends { eventType?: string }, Type extends string> = Omit<
  Whole,
  'eventType'
> & { eventType?: Type };

type AllEventsQuery = Query<'listEvents'>;

/** Query of `listEvents`: either a UTC day (`date`), or a range from `since` up to, but not including, `until`. */
export type EventsQuery<Type extends string = string> = Omit<
  AllEventsQuery,
  'date' | 'eventType' | 'since' | 'until'
> & { eventType: Type } & (
    | (Required<Pick<AllEventsQuery, 'date'>> & { since?: never; until?: never })
    | (Required<Pick<AllEventsQuery, 'since'>> & Pick<AllEventsQuery, 'until'> & { date?: never })
  );

type AllDeletionsQuery = Query<'deleteEvents'>;

/** Query of `deleteEvents`: all events of a device and event type, or those from `since` up to, but not including, `until`. */
export type DeleteEventsQuery = Omit<AllDeletionsQuery, 'since' | 'until'> &
  (Required<Pick<AllDeletionsQuery, 'since' | 'until'>> | { since?: undefined; until?: undefined });

// The only file that imports the generated types: scripts/client/build-client.ts puts a copy beside it.
import type { components, operations } from '../../../generated/openapi.ts';

type Schemas = components['schemas'];
type Query<Operation extends keyof operations> = NonNullable<
  operations[Operation]['parameters']['query']
>;

/** An event for `addEvent`. `date` (RFC 3339) is required. */
export type NewEvent = Schemas['NewEvent'];
/** An event for `addEvents` or a queue. Without `date`, the service uses the time of arrival. */
export type BatchEvent = Schemas['BatchEvent'];
/** The outcome of one event of a batch: `created`, `duplicate`, `rejected` or `failed`. */
export type BatchResult = Schemas['BatchResult'];
/** An event as `getEvents` returns it: its `date` in UTC, with milliseconds, and its `value`. */
export type StoredEvent = Schemas['StoredEvent'];
/** The newest event of one type. */
export type LatestEvent = Schemas['LatestEvent'];
/** The count, minimum, maximum, mean, first and last of the numbers in one interval. */
export type EventSummary = Schemas['EventSummary'];
/** A problem of the API (RFC 9457). */
export type Problem = Schemas['Problem'];
/** A field at fault: a JSON pointer into the body, or the name of a query parameter, and what is wrong. */
export type InvalidField = Schemas['InvalidField'];

/** Query of `getLatestEvents`. */
export type DeviceQuery = Query<'getLatestEvents'>;
/** Query of `getEventSummary`: a device, an event type, a range of time and an ISO 8601 interval. */
export type SummaryQuery = Query<'getEventSummary'>;

type AllEventsQuery = Query<'getEvents'>;

/** Query of `getEvents`: either one UTC day (`date`), or a range from `from` up to, but not including, `to`. */
export type EventsQuery = Omit<AllEventsQuery, 'date' | 'from' | 'to'> &
  (
    | (Required<Pick<AllEventsQuery, 'date'>> & { from?: never; to?: never })
    | (Required<Pick<AllEventsQuery, 'from'>> & Pick<AllEventsQuery, 'to'> & { date?: never })
  );

// The one place that knows where the generated types are: the build puts a copy of them beside it.
import type { components, operations } from '../../../generated/openapi.ts';

type Schemas = components['schemas'];
type Query<Operation extends keyof operations> = NonNullable<
  operations[Operation]['parameters']['query']
>;

export type NewEvent = Schemas['NewEvent'];
export type BatchEvent = Schemas['BatchEvent'];
export type BatchResult = Schemas['BatchResult'];
export type StoredEvent = Schemas['StoredEvent'];
export type LatestEvent = Schemas['LatestEvent'];
export type EventSummary = Schemas['EventSummary'];
export type Problem = Schemas['Problem'];
export type InvalidField = Schemas['InvalidField'];

export type DeviceQuery = Query<'getLatestEvents'>;
export type SummaryQuery = Query<'getEventSummary'>;

type AllEventsQuery = Query<'getEvents'>;

/** Of a UTC day, or from one instant up to another: never both. */
export type EventsQuery = Omit<AllEventsQuery, 'date' | 'from' | 'to'> &
  (
    | (Required<Pick<AllEventsQuery, 'date'>> & { from?: never; to?: never })
    | (Required<Pick<AllEventsQuery, 'from'>> & Pick<AllEventsQuery, 'to'> & { date?: never })
  );

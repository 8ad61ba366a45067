import type { ApiResponse } from '../../dist/sdks/typescript-fetch/sdk/index.ts';
import {
  Configuration,
  DevicesApi,
  EventsApi,
  ProblemFromJSON,
  ResponseError,
  ServiceApi,
  StreamsApi,
} from '../../dist/sdks/typescript-fetch/sdk/index.ts';
import type { EventsQuery, SentEvent } from '../harness/driver.ts';
import { readPages, serve, withIsDuplicate } from '../harness/serve.ts';

serve((basePath, apiKey) => {
  const configuration = new Configuration({ basePath, apiKey });
  const events = new EventsApi(configuration);
  const service = new ServiceApi(configuration);
  const listEvents = ({ date, since, until, ...query }: EventsQuery) =>
    toReply(
      events.listEventsRaw({
        ...query,
        date: toDate(date),
        since: toDate(since),
        until: toDate(until),
      }),
    );
  return {
    getHealth: () => toReply(service.getHealthRaw()),
    getReadiness: () => toReply(service.getReadinessRaw()),
    addEvent: async (event) =>
      withIsDuplicate(await toReply(events.addEventRaw({ newEvent: toNewEvent(event) }))),
    addEvents: (sent) =>
      toReply(events.addEventsRaw({ eventBatch: { events: sent.map(toNewEvent) } })),
    listEvents,
    listAllEvents: (query) =>
      readPages((cursor) => listEvents({ ...query, ...(cursor && { cursor }) })),
    listLatestEvents: (query) => toReply(events.listLatestEventsRaw(query)),
    summarizeEvents: (query) =>
      toReply(
        events.summarizeEventsRaw({
          ...query,
          since: new Date(query.since),
          until: new Date(query.until),
        }),
      ),
    exportEvents: (query) =>
      toReply(
        new StreamsApi(configuration).exportEventsRaw({ ...query, since: new Date(query.since) }),
      ),
    deleteDevice: (query) => toReply(new DevicesApi(configuration).deleteDeviceRaw(query)),
  };
});

const toNewEvent = ({ date, ...event }: SentEvent) => ({ ...event, date: toDate(date) });

const toDate = (text: string | undefined) => (text ? new Date(text) : undefined);

async function toReply<Data>(call: Promise<ApiResponse<Data>>) {
  try {
    const response = await call;
    const { status, headers } = response.raw;
    const data = await response.value();
    return { status, data, etag: headers.get('etag') };
  } catch (error) {
    if (!(error instanceof ResponseError)) throw error;
    const { status } = error.response;
    if (status < 400) return { status };
    return { status, problem: ProblemFromJSON(await error.response.json()) };
  }
}

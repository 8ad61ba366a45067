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
import { readPages, readStream, serve, withIsDuplicate } from '../harness/serve.ts';

serve((basePath, apiKey) => {
  const configuration = new Configuration({ basePath, apiKey });
  const events = new EventsApi(configuration);
  const streams = new StreamsApi(configuration);
  const devices = new DevicesApi(configuration);
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
      toReply(streams.exportEventsRaw({ ...query, since: new Date(query.since) })),
    streamEvents: async ({ count, ...query }) => {
      const { raw } = await streams.streamEventsRaw(query);
      return { status: raw.status, data: await readStream(raw.body, count) };
    },
    deleteEvents: ({ since, until, ...query }) =>
      toReply(events.deleteEventsRaw({ ...query, since: toDate(since), until: toDate(until) })),
    listDevices: ({ lastReceivedBefore, ...query }) =>
      toReply(devices.listDevicesRaw({ ...query, lastReceivedBefore: toDate(lastReceivedBefore) })),
    getDevice: (query) => toReply(devices.getDeviceRaw(query)),
    listDeviceEventTypes: (query) => toReply(devices.listDeviceEventTypesRaw(query)),
    listEventTypes: (query) => toReply(events.listEventTypesRaw(query)),
    deleteDevice: (query) => toReply(devices.deleteDeviceRaw(query)),
  };
});

const toNewEvent = ({ date, ...event }: SentEvent) => ({ ...event, date: toDate(date) });

const toDate = (text: string | undefined) => (text ? new Date(text) : undefined);

async function toReply<Data>(call: Promise<ApiResponse<Data>>) {
  try {
    const response = await call;
    const { status, headers } = response.raw;
    // As the methods without `Raw` do.
    const data = status === 204 ? null : await response.value();
    return { status, data, etag: headers.get('etag') };
  } catch (error) {
    if (!(error instanceof ResponseError)) throw error;
    const { status } = error.response;
    if (status < 400) return { status };
    return { status, problem: ProblemFromJSON(await error.response.json()) };
  }
}

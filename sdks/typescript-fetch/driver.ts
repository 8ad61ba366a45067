import type { ApiResponse } from '../../dist/sdks/typescript-fetch/sdk/index.ts';
import {
  Configuration,
  DevicesApi,
  EventsApi,
  ProblemFromJSON,
  ResponseError,
  ServiceApi,
} from '../../dist/sdks/typescript-fetch/sdk/index.ts';
import type { SentEvent } from '../harness/driver.ts';
import { serve } from '../harness/serve.ts';

serve((basePath, apiKey) => {
  const configuration = new Configuration({ basePath, apiKey });
  const events = new EventsApi(configuration);
  return {
    getHealth: () => toReply(new ServiceApi(configuration).getHealthRaw()),
    addEvent: (event) =>
      toReply(events.addEventRaw({ newEvent: { ...event, date: new Date(event.date) } })),
    addEvents: (sent) => toReply(events.addEventsRaw({ batchEvent: sent.map(toBatchEvent) })),
    getEvents: (query) => toReply(events.getEventsRaw({ ...query, ...toRange(query) })),
    getLatestEvents: (query) => toReply(events.getLatestEventsRaw(query)),
    getEventSummary: (query) =>
      toReply(
        events.getEventSummaryRaw({
          ...query,
          from: new Date(query.from),
          to: new Date(query.to),
        }),
      ),
    deleteDeviceEvents: (query) =>
      toReply(new DevicesApi(configuration).deleteDeviceEventsRaw(query)),
  };
});

const toBatchEvent = ({ date, ...event }: SentEvent) => ({
  ...event,
  ...(date && { date: new Date(date) }),
});

const toRange = ({ date, from, to }: { date?: string; from?: string; to?: string }) => ({
  date: date ? new Date(date) : undefined,
  from: from ? new Date(from) : undefined,
  to: to ? new Date(to) : undefined,
});

async function toReply<Data>(call: Promise<ApiResponse<Data>>) {
  try {
    const response = await call;
    const { status, headers } = response.raw;
    const data = await response.value();
    return { status, data, link: headers.get('link'), etag: headers.get('etag') };
  } catch (error) {
    if (!(error instanceof ResponseError)) throw error;
    const { status } = error.response;
    if (status < 400) return { status };
    return { status, problem: ProblemFromJSON(await error.response.json()) };
  }
}

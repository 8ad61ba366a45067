import * as sdk from '../../dist/sdks/orval/sdk.ts';
import type { EventsQuery } from '../harness/driver.ts';
import type { Problem } from '../harness/reply.ts';
import { readPages, serve, withCount, withIsDuplicate } from '../harness/serve.ts';

// orval's functions request paths without an origin, as in a browser: fetch must add it.
const { fetch } = globalThis;
globalThis.fetch = (path, init) => fetch(new URL(String(path), process.env.BASE_URL), init);

serve((_, key) => {
  const options = { headers: { 'x-api-key': key } };
  const listEvents = async ({ ifNoneMatch, ...query }: EventsQuery) => {
    const etag = ifNoneMatch && { 'If-None-Match': ifNoneMatch };
    return toReply(await sdk.listEvents(query, { headers: { ...options.headers, ...etag } }));
  };
  return {
    getHealth: async () => toReply(await sdk.getHealth(options)),
    getReadiness: async () => toReply(await sdk.getReadiness(options)),
    addEvent: async (event) => withIsDuplicate(toReply(await sdk.addEvent(event, options))),
    addEvents: async (events) => toReply(await sdk.addEvents({ events }, options)),
    listEvents,
    listAllEvents: (query) =>
      readPages((cursor) => listEvents({ ...query, ...(cursor && { cursor }) })),
    listLatestEvents: async (query) => toReply(await sdk.listLatestEvents(query, options)),
    summarizeEvents: async (query) => toReply(await sdk.summarizeEvents(query, options)),
    exportEvents: async (query) => {
      const reply = await sdk.exportEvents(query, options);
      return { status: reply.status, data: 'stream' in reply ? await reply.stream.text() : null };
    },
    streamEvents: async ({ count: _, lastEventID, ...query }) => {
      const place = lastEventID && { 'Last-Event-ID': lastEventID };
      return toReply(await sdk.streamEvents(query, { headers: { ...options.headers, ...place } }));
    },
    deleteEvents: async (query) => withCount(toReply(await sdk.deleteEvents(query, options))),
    listDevices: async (query) => toReply(await sdk.listDevices(query, options)),
    getDevice: async ({ deviceID }) => toReply(await sdk.getDevice(deviceID, options)),
    listDeviceEventTypes: async ({ deviceID, ...query }) =>
      toReply(await sdk.listDeviceEventTypes(deviceID, query, options)),
    listEventTypes: async ({ ifNoneMatch }) => {
      const etag = ifNoneMatch && { 'If-None-Match': ifNoneMatch };
      return toReply(await sdk.listEventTypes({ headers: { ...options.headers, ...etag } }));
    },
    deleteDevice: async ({ deviceID }) => toReply(await sdk.deleteDevice(deviceID, options)),
  };
});

type Result = { status: number; data: unknown; headers: Headers };
type DataOf<R> = R extends { status: 200 | 201 | 204 | 207; data: infer Data } ? Data : never;

function toReply<R extends Result>(result: R) {
  const { status, data, headers } = result;
  const rest = { status, etag: headers.get('etag') };
  if (status >= 400) return { ...rest, problem: data as ProblemOf<R> };
  return { ...rest, data: data as DataOf<R> };
}

/** Requires that the SDK types the data of every error response as a problem. */
type ProblemOf<R> =
  Exclude<R, { status: 200 | 201 | 204 | 207 | 304 }> extends { data: Problem } ? Problem : never;

import createClient from 'openapi-fetch';
import type { paths } from '../../dist/sdks/openapi-typescript/schema.ts';
import type { Problem } from '../harness/reply.ts';
import { readPages, readStream, serve, withIsDuplicate } from '../harness/serve.ts';

serve((baseUrl, key) => {
  const api = createClient<paths>({ baseUrl, headers: { 'x-api-key': key } });
  type ListQuery = paths['/events']['get']['parameters']['query'];
  const listEvents = async ({ ifNoneMatch, ...query }: ListQuery & { ifNoneMatch?: string }) =>
    toReply(
      await api.GET('/events', { params: { query, header: { 'If-None-Match': ifNoneMatch } } }),
    );
  return {
    getHealth: async () => toReply(await api.GET('/health')),
    getReadiness: async () => toReply(await api.GET('/health/ready')),
    addEvent: async (body) => withIsDuplicate(toReply(await api.POST('/events', { body }))),
    addEvents: async (events) => toReply(await api.POST('/events/batch', { body: { events } })),
    listEvents,
    listAllEvents: (query) => readPages((cursor) => listEvents({ ...query, cursor })),
    listLatestEvents: async (query) =>
      toReply(await api.GET('/events/latest', { params: { query } })),
    summarizeEvents: async (query) =>
      toReply(await api.GET('/events/summary', { params: { query } })),
    exportEvents: async (query) =>
      toReply(await api.GET('/events/export', { params: { query }, parseAs: 'text' })),
    streamEvents: async ({ count, lastEventID, ...query }) => {
      const header = { 'Last-Event-ID': lastEventID };
      const params = { query, header };
      const result = await api.GET('/events/live', { params, parseAs: 'stream' });
      const data = result.data && (await readStream(result.data, count));
      return { ...toReply(result), data };
    },
    deleteEvents: async (query) => toReply(await api.DELETE('/events', { params: { query } })),
    listDevices: async (query) => toReply(await api.GET('/devices', { params: { query } })),
    getDevice: async (path) => toReply(await api.GET('/devices/{deviceID}', { params: { path } })),
    listDeviceEventTypes: async ({ deviceID, ...query }) =>
      toReply(
        await api.GET('/devices/{deviceID}/event-types', { params: { path: { deviceID }, query } }),
      ),
    listEventTypes: async ({ ifNoneMatch }) =>
      toReply(
        await api.GET('/event-types', { params: { header: { 'If-None-Match': ifNoneMatch } } }),
      ),
    deleteDevice: async (path) =>
      toReply(await api.DELETE('/devices/{deviceID}', { params: { path } })),
  };
});

function toReply<Data>(result: { data?: Data; error?: Problem | undefined; response: Response }) {
  const { data, error, response } = result;
  const { status, headers } = response;
  // openapi-fetch reports a 304, which has no body, as an empty error.
  const problem = error || undefined;
  return { status, data, problem, etag: headers.get('etag') };
}

import createClient from 'openapi-fetch';
import type { paths } from '../../dist/sdks/openapi-typescript/schema.ts';
import type { Problem } from '../harness/driver.ts';
import { serve } from '../harness/serve.ts';

serve((baseUrl, key) => {
  const api = createClient<paths>({ baseUrl, headers: { 'x-api-key': key } });
  return {
    getHealth: async () => toReply(await api.GET('/health')),
    addEvent: async (body) => toReply(await api.POST('/events', { body })),
    addEvents: async (body) => toReply(await api.POST('/events/batch', { body })),
    getEvents: async ({ ifNoneMatch, ...query }) =>
      toReply(
        await api.GET('/events', {
          params: { query, header: { 'If-None-Match': ifNoneMatch } },
        }),
      ),
    getLatestEvents: async (query) =>
      toReply(await api.GET('/events/latest', { params: { query } })),
    getEventSummary: async (query) =>
      toReply(await api.GET('/events/summary', { params: { query } })),
    deleteDeviceEvents: async (path) =>
      toReply(await api.DELETE('/devices/{deviceID}', { params: { path } })),
  };
});

function toReply<Data>(result: { data?: Data; error?: Problem | undefined; response: Response }) {
  const { data, error, response } = result;
  const { status, headers } = response;
  // openapi-fetch reports a 304, which has no body, as an empty error.
  const problem = error || undefined;
  return { status, data, problem, link: headers.get('link'), etag: headers.get('etag') };
}

import { createClient } from '../../dist/sdks/hey-api/sdk/client/index.ts';
import * as sdk from '../../dist/sdks/hey-api/sdk/index.ts';
import type { EventsQuery } from '../harness/driver.ts';
import { readPages, serve, withCount, withIsDuplicate } from '../harness/serve.ts';

serve((baseUrl, key) => {
  const client = createClient({ baseUrl, auth: key });
  const listEvents = async ({ ifNoneMatch, ...query }: EventsQuery) =>
    toReply(await sdk.listEvents({ client, query, headers: { 'If-None-Match': ifNoneMatch } }));
  return {
    getHealth: async () => toReply(await sdk.getHealth({ client })),
    getReadiness: async () => toReply(await sdk.getReadiness({ client })),
    addEvent: async (body) => withIsDuplicate(toReply(await sdk.addEvent({ client, body }))),
    addEvents: async (events) => toReply(await sdk.addEvents({ client, body: { events } })),
    listEvents,
    listAllEvents: (query) =>
      readPages((cursor) => listEvents({ ...query, ...(cursor && { cursor }) })),
    listLatestEvents: async (query) => toReply(await sdk.listLatestEvents({ client, query })),
    summarizeEvents: async (query) => toReply(await sdk.summarizeEvents({ client, query })),
    exportEvents: async (query) =>
      toReply(await sdk.exportEvents({ client, query, parseAs: 'text' })),
    streamEvents: async ({ count, lastEventID, ...query }) => {
      const messages: string[] = [];
      const { stream } = await sdk.streamEvents({
        client,
        query,
        headers: { 'Last-Event-ID': lastEventID },
        sseMaxRetryAttempts: 1,
        onSseEvent: ({ id, data }) => {
          if (data) messages.push(`id: ${id}\ndata: ${JSON.stringify(data)}\n\n`);
        },
      });
      for await (const _ of stream) if (messages.length === count) break;
      return { status: 200, data: messages.join('') };
    },
    deleteEvents: async (query) => withCount(toReply(await sdk.deleteEvents({ client, query }))),
    listDevices: async (query) => toReply(await sdk.listDevices({ client, query })),
    getDevice: async (path) => toReply(await sdk.getDevice({ client, path })),
    listDeviceEventTypes: async ({ deviceID, ...query }) =>
      toReply(await sdk.listDeviceEventTypes({ client, path: { deviceID }, query })),
    listEventTypes: async ({ ifNoneMatch }) =>
      toReply(await sdk.listEventTypes({ client, headers: { 'If-None-Match': ifNoneMatch } })),
    deleteDevice: async (path) => toReply(await sdk.deleteDevice({ client, path })),
  };
});

function toReply<Data, Failure>(result: { data?: Data; error?: Failure; response?: Response }) {
  const { data, error, response } = result;
  if (!response) throw error;
  const { status, headers } = response;
  // The SDK reports a 304 as an error without a body.
  const problem = status < 400 ? undefined : (error as Extract<Failure, object>);
  return { status, data, problem, etag: headers.get('etag') };
}

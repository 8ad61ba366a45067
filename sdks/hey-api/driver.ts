import { createClient } from '../../dist/sdks/hey-api/sdk/client/index.ts';
import * as sdk from '../../dist/sdks/hey-api/sdk/index.ts';
import { serve } from '../harness/serve.ts';

serve((baseUrl, key) => {
  const client = createClient({ baseUrl, auth: key });
  return {
    getHealth: async () => toReply(await sdk.getHealth({ client })),
    addEvent: async (body) => toReply(await sdk.addEvent({ client, body })),
    addEvents: async (body) => toReply(await sdk.addEvents({ client, body })),
    getEvents: async ({ ifNoneMatch, ...query }) =>
      toReply(await sdk.getEvents({ client, query, headers: { 'If-None-Match': ifNoneMatch } })),
    getLatestEvents: async (query) => toReply(await sdk.getLatestEvents({ client, query })),
    getEventSummary: async (query) => toReply(await sdk.getEventSummary({ client, query })),
    deleteDeviceEvents: async (path) => toReply(await sdk.deleteDeviceEvents({ client, path })),
  };
});

function toReply<Data, Failure>(result: { data?: Data; error?: Failure; response?: Response }) {
  const { data, error, response } = result;
  if (!response) throw error;
  const { status, headers } = response;
  // The SDK reports a 304 as an error without a body.
  const problem = status < 400 ? undefined : (error as Extract<Failure, object>);
  return { status, data, problem, link: headers.get('link'), etag: headers.get('etag') };
}

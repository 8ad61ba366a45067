import { createServer } from 'node:http';
import { json } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { connect } from '../../src/database/connect.ts';
import { toNamedUri } from '../../src/database/to-named-uri.ts';
import { createApiHandlers } from '../../src/lambda/api-handler.ts';
import { createStreamInvoke } from './stream-invoke.ts';

// Starts the functions that stream, for gateway/local/function/endpoint-invoke-stream.ts: see compose.yaml.
const { MONGODB_URI, PORT } = process.env;
const { stream } = createApiHandlers(connect(toNamedUri(MONGODB_URI)), { log: console.log });
const invoke = createStreamInvoke(stream);

const server = createServer(async (request, response) => {
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  try {
    const event = (await json(request)) as Parameters<typeof invoke>[0];
    await pipeline(invoke(event, { signal: gone.signal, uri: '' }), response);
  } catch (error) {
    // The gateway tells its client; a stream that was left is no failure.
    if (!gone.signal.aborted) console.error(error);
    response.destroy();
  }
});
const port = Number(PORT || '8080');
server.listen(port, '0.0.0.0', () => console.log(`Streams are at http://localhost:${port}`));
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(0));

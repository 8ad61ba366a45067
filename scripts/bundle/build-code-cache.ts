import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { ApiHandler } from '../../src/lambda/api-handler.ts';
import { loadScript, toCachePath } from '../../src/lambda/load-script.ts';

// build-code-caches.cjs runs this with each set of flags.
const file = resolve(process.argv[2] ?? '.', 'api.cjs');
// Nothing listens there: the cache gets the code of a first request, up to the database's reply.
process.env.MONGODB_URI = 'mongodb://127.0.0.1:9/events';
const { exports, script } = loadScript(file);

warmUp(exports.handler as ApiHandler).then(() => {
  const cache = script.createCachedData();
  writeFileSync(toCachePath(file), cache);
  const size = `${(cache.length / 1024).toFixed(0)} KiB`;
  console.log(`${toCachePath(file)}: ${size}, by Node ${process.version}`);
  process.exit(0);
});

/** Runs each path that a first request may take: V8 then compiles it, and the cache has it. */
async function warmUp(handler: ApiHandler): Promise<void> {
  const event = {
    date: '2026-05-05T17:19:35Z',
    deviceID: '8f188304-e7b3-4a16-a243-b9470468478a',
    eventType: 'boot',
  };
  const { error } = console;
  // The database cannot be reached, as intended.
  console.error = () => undefined;
  await Promise.all([
    handler(toEvent('GET', '/health')),
    handler(toEvent('POST', '/events', event)),
    handler(toEvent('POST', '/events', {})),
    handler(toEvent('GET', '/events', undefined, { ...event, date: '2026-05-05' })),
    handler(toEvent('GET', '/events', undefined, {})),
  ]);
  console.error = error;
}

function toEvent(httpMethod: string, path: string, body?: object, query = {}) {
  const values = Object.entries(query).map(([name, value]) => [name, [value]]);
  const event = {
    httpMethod,
    path,
    body: body ? JSON.stringify(body) : null,
    headers: { 'Content-Type': 'application/json', Accept: '*/*' },
    multiValueQueryStringParameters: Object.fromEntries(values),
    requestContext: { requestId: path, identity: { apiKeyId: 'none' } },
  };
  return event as unknown as Parameters<ApiHandler>[0];
}

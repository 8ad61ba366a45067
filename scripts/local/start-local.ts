import { once } from 'node:events';
import { accessSync, constants, createWriteStream } from 'node:fs';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Environment } from '../../cdktf/environment/environments.ts';
import { createGateway } from '../../gateway/local/gateway.ts';
import { createHttpServer } from '../../gateway/local/http-server.ts';
import { handlers } from '../../generated/handlers.ts';
import { contract } from '../../openapi/contract.ts';
import { LOCAL_FUNCTIONS } from '../../openapi/import/local-functions.ts';
import { toImportDocument } from '../../openapi/import/to-import-document.ts';
import { hashOf, keysOf } from '../../src/access/api-key.ts';
import { createKeyAuthentication } from '../../src/access/authenticate.ts';
import { createKeyStore } from '../../src/access/key-store.ts';
import { connect } from '../../src/database/connect.ts';
import { toNamedUri } from '../../src/database/to-named-uri.ts';
import { createApiHandlers } from '../../src/lambda/api-handler.ts';
import { createDirectory } from '../shared/directory.ts';
import { createCallsUnderWay } from './calls-under-way.ts';
import { checkReplies } from './check-replies.ts';
import type { Report } from './database/database.ts';
import { startDatabase } from './database/start-database.ts';
import { createStaticPages } from './pages/static-pages.ts';
import { prepareDatabase } from './prepare-database.ts';
import type { ServiceFacts } from './service-facts.ts';
import { writeServiceFacts } from './service-facts.ts';
import { createStreamInvoke } from './stream-invoke.ts';
import { toAuditFile } from './to-audit-file.ts';
import { withExamples } from './with-examples.ts';

export type Settings = {
  /** The address to listen on; by default, one that only this machine reaches. */
  host?: string;
  /** 0 means any free port. */
  port: number;
  apiKey: string;
  /** The path below which the API is served, such as `v1`; the root by default. Pages stay where they are. */
  basePath?: string;
  /** The directory that keeps the data between starts. */
  directory: string;
  report: Report;
  /** Takes a line for each request of the API. */
  onReply?: (line: string) => void;
  /** The usage plan and the stage, as a deployment has them. */
  api: Pick<Environment['api'], 'keys' | 'rate' | 'burst' | 'quota' | 'corsOrigins'>;
  /** How long events are kept and how late they may arrive, as in a deployment. */
  events: Environment['events'];
  /** How many streams of a kind may be open at once; by default, any number. */
  streamSlots?: number;
  /** A running database to use; by default, MONGODB_URI's or one that is started. */
  mongodbUri?: string;
};

export type Local = {
  /** The API's address, with the base path. */
  url: string;
  facts: ServiceFacts;
  /**
   * Resolves with a message when the database has ended by itself. The service then takes no more
   * connections, and has answered the requests that it had.
   */
  failed: Promise<string>;
  stop(): Promise<void>;
};

const LOG_FILE = 'api.log';

// Longer than a request tries to reach the database.
const LAST_REPLIES_MS = 10_000;
// Those whose clients were cut off; what is given up then is stored whole or not at all.
const LAST_CALLS_MS = 2_000;

/** Starts the whole service on this machine: database, router function, gateway and pages. */
export const startLocal = async (settings: Settings): Promise<Local> => {
  const { host = '127.0.0.1', port, apiKey, basePath, directory, onReply } = settings;
  const server = createHttpServer();
  const service = listen(server, host, port).then(() => startService(settings));
  // Requests that arrive while the database starts wait for it.
  server.on('request', async (request, response) => {
    const { findPage, gateway } = await service;
    const page = findPage(request);
    if (!page && onReply) response.on('close', createReport(request, response, onReply));
    (page ?? gateway)(request, response);
  });
  try {
    const { engine, ended, stop } = await service;
    const name = ['127.0.0.1', '0.0.0.0', '::'].includes(host) ? 'localhost' : host;
    const origin = `http://${name.includes(':') ? `[${name}]` : name}:${(server.address() as AddressInfo).port}`;
    const url = basePath ? `${origin}/${basePath}` : origin;
    const log = join(directory, LOG_FILE);
    const facts = { pid: process.pid, origin, url, apiKey, engine, directory, log };
    const removeFacts = writeServiceFacts(facts);
    return {
      url,
      facts,
      failed: ended.then(async (cause) => {
        removeFacts();
        await closeAfterReplies(server);
        return toFailure(cause);
      }),
      async stop() {
        removeFacts();
        server.close();
        server.closeAllConnections();
        await stop();
      },
    };
  } catch (error) {
    server.close();
    server.closeAllConnections();
    throw error;
  }
};

async function startService(settings: Settings) {
  const { apiKey, basePath, api, events, directory, report, streamSlots, mongodbUri } = settings;
  const findPage = createStaticPages({ apiKey, basePath });
  if (basePath && findPage({ url: `/${basePath}`, headers: {} })) {
    throw new Error(`BASE_PATH is ${basePath}: choose another one, since pages are served there`);
  }
  prepareDirectory(directory);
  const database = await startDatabase(directory, report, { uri: mongodbUri });
  const uri = toNamedUri(database.uri);
  await prepareDatabase(uri, events, database.ended.then(toFailure));
  const client = connect(uri);
  const { keys, corsOrigins } = api;
  const options = { keys, ...(corsOrigins && { corsOrigins }) };
  const plainKeyHash = hashOf(apiKey);
  const throttle = { rate: api.rate, burst: api.burst };
  const log = createWriteStream(join(directory, LOG_FILE));
  log.on('error', ({ message }) =>
    console.error(`The service goes on without api.log: ${message}`),
  );
  const { handler, stream } = createApiHandlers(client, {
    ...options,
    ...events,
    plainKeyHash,
    ...(streamSlots !== undefined && { streamSlots }),
    handlers: await withExamples(handlers, contract, report),
    // A call may still end after the service was stopped.
    audit: toAuditFile(directory),
    log: (line) => log.writable && log.write(`${line}\n`),
  });
  const calls = createCallsUnderWay();
  const streams = createStreamInvoke(calls.track(stream));
  const gateway = createGateway(toImportDocument(contract, { ...LOCAL_FUNCTIONS, ...options }), {
    functions: { router: checkReplies(calls.track(handler)), export: streams, live: streams },
    stage: { name: 'local', throttle, ...(basePath && { basePath }) },
    plan: { keys: [apiKey], throttle, quota: api.quota },
    bodies: 'declared',
    ...(keys === 'scoped' && { isGoodKey: createKeyCheck(client, plainKeyHash) }),
  });
  const stop = async (): Promise<void> => {
    await calls.ended(LAST_CALLS_MS);
    await client.close();
    log.end();
    await database.stop();
  };
  return { gateway, findPage, engine: database.engine, ended: database.ended, stop };
}

/** The router's own check of a key. Where it cannot tell, the router shall. */
function createKeyCheck(client: ReturnType<typeof connect>, plainKeyHash: string) {
  const authenticate = createKeyAuthentication(createKeyStore(keysOf(client)), plainKeyHash);
  return async (key = ''): Promise<boolean> => {
    const caller = authenticate({ headers: { 'x-api-key': key } });
    return await caller.then(Boolean, () => true);
  };
}

/** Listens before anything else is started, so that a port in use is reported at once. */
async function listen(server: Server, host: string, port: number): Promise<void> {
  server.listen(port, host);
  try {
    await once(server, 'listening');
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    if (code !== 'EADDRINUSE') throw new Error(`HOST is ${host}: ${message}`, { cause });
    throw new Error(
      `Port ${port} is taken, perhaps by another start; choose one with PORT=8081 npm start`,
      { cause },
    );
  }
}

const toFailure = (cause: string): string =>
  `The service ends, because its database has ended: ${cause}. Every event that was acknowledged is stored; ` +
  'one without a reply may be, so send it again. Start again with npm start';

async function closeAfterReplies(server: Server): Promise<void> {
  const closed = new Promise((resolve) => server.close(resolve));
  // A connection is idle once it has its reply.
  const closing = setInterval(() => server.closeIdleConnections(), 50);
  await Promise.race([closed, sleep(LAST_REPLIES_MS, undefined, { ref: false })]);
  clearInterval(closing);
}

/** Reports a request once its reply has been sent, or its client has gone. */
function createReport(
  { method, url }: IncomingMessage,
  response: ServerResponse,
  report: (line: string) => void,
): () => void {
  const start = performance.now();
  return () => {
    const status = response.writableFinished ? response.statusCode : 'cut';
    report(`${method} ${url} ${status} ${Math.round(performance.now() - start)} ms`);
  };
}

function prepareDirectory(directory: string): void {
  try {
    createDirectory(directory);
    // Of a file, too, that would be said to be writable.
    accessSync(`${directory}/.`, constants.W_OK);
  } catch (cause) {
    const { message } = cause as Error;
    throw new Error(
      `Nothing can be written to ${directory}: choose another DATA_DIR (${message})`,
      {
        cause,
      },
    );
  }
}

import { randomUUID } from 'node:crypto';
import { Ajv } from 'ajv';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import contract from '../../generated/openapi.json' with { type: 'json' };
import type { components } from '../../generated/openapi.ts';
import type { CorpusRequest } from '../../openapi/corpus.ts';
import { createCorpus } from '../../openapi/corpus.ts';
import { UNLIMITED } from '../../scripts/local/unlimited.ts';
import type { ApiHandler } from '../../src/lambda/api-handler.ts';
import { createApiHandler } from '../../src/lambda/api-handler.ts';
import { useDatabase } from '../harness/database.ts';
import { API_KEY as LOCAL_KEY, useLocalService } from '../harness/local-service.ts';
import { proxyEvent } from '../harness/proxy-event.ts';
import { CORPORA, hasOneMutation } from './corpora.ts';

// `BASE_URL=… API_KEY=… npm run parity` compares a deployed API instead of the local gateway. Its plan
// must allow some 10,000 requests; what it stores is of devices that nobody has.
// (package.json hands the address on as PARITY_URL: BASE_URL is vitest's own.)
const BASE_URL = process.env.PARITY_URL || undefined;
const API_KEY = BASE_URL ? (process.env.API_KEY ?? '') : LOCAL_KEY;

const database = useDatabase();
const service = useLocalService();
const below = useLocalService({}, UNLIMITED, 'v1');
let lambda: ApiHandler;
beforeAll(() => {
  // A live stream ends by itself, at once.
  lambda = createApiHandler(database.client, {
    streamLimits: { bytes: 1_000_000, milliseconds: 1 },
  });
});

type Answer = { status: number; type: string; body: unknown };
type EventResult = components['schemas']['EventResult'];

const problemSchema = { ...contract, $ref: '#/components/schemas/Problem' };
const isProblem = new Ajv({ strict: false, validateFormats: false }).compile<{ status: number }>(
  problemSchema,
);

/** Straight to the router, as if a gateway had let it through. */
async function sendToRouter(request: CorpusRequest): Promise<Answer> {
  const hasKey = request.headers['x-api-key'] === undefined;
  const { statusCode, headers, body } = await lambda(
    proxyEvent({ ...request, apiKeyId: hasKey ? 'k1' : null }),
  );
  // The gateway leaves the body of a reply to HEAD out.
  const text = request.method === 'HEAD' ? '' : body;
  return toAnswer(statusCode, String(headers?.['Content-Type']), text);
}

/** Without a body there is no type: API Gateway gives one all the same. */
const toAnswer = (status: number, type: string, body: string): Answer => {
  if (type.startsWith('text/event-stream')) return { status, type, body: undefined };
  if (body === '') return { status, type: '', body: undefined };
  return { status, type, body: /[/+]json$/.test(type) ? JSON.parse(body) : body };
};

async function sendThroughGateway(
  { path, query, method, headers, body }: CorpusRequest,
  url = BASE_URL ?? service.url(),
): Promise<Answer> {
  const parameters = Object.entries(query).flatMap(([name, values]) =>
    [values].flat().map((value): [string, string] => [name, value]),
  );
  const search = parameters.length > 0 ? `?${new URLSearchParams(parameters)}` : '';
  const response = await fetch(`${url}${path}${search}`, {
    method,
    headers: { 'x-api-key': API_KEY, ...headers },
    // As bytes, since fetch gives text a content type of its own.
    ...(method !== 'GET' && body !== null && { body: Buffer.from(body) }),
  });
  const type = response.headers.get('content-type') ?? '';
  if (!type.startsWith('text/event-stream')) {
    return toAnswer(response.status, type, await response.text());
  }
  await response.body?.cancel();
  return toAnswer(response.status, type, '');
}

/** What differs between the two, as text; nothing if they are the same. */
async function compare(request: CorpusRequest, url?: string): Promise<string | undefined> {
  const [router, gateway] = await Promise.all([
    sendToRouter(request),
    sendThroughGateway(request, url),
  ]);
  // Where the router checks the keys, the gateway has refused what is wrong before it asks.
  if (request.headers['x-api-key'] === '' && router.status === 403 && gateway.status === 400) {
    return undefined;
  }
  const says = `${request.title}: router ${router.status}, gateway ${gateway.status}`;
  if (router.status !== gateway.status || router.type !== gateway.type) return says;
  const differences = [router, gateway].map(({ body }) => JSON.stringify(toResults(body)));
  if (differences[0] !== differences[1]) return `${says}: ${differences.join(' and ')}`;
  const isSameShape = [router, gateway].every(
    ({ status, body }) =>
      status < 400 || request.method === 'HEAD' || (isProblem(body) && body.status === status),
  );
  return isSameShape ? undefined : `${says}: not both problems of that status`;
}

/** What became of each event of a batch, and why. */
const toResults = (body: unknown): unknown[] | undefined =>
  (body as { results?: EventResult[] } | undefined)?.results?.map(({ status, problem }) => [
    status,
    problem?.type,
    problem?.errors,
  ]);

describe('the gateway and the router', () => {
  for (const { part, tags, create } of CORPORA) {
    it(`give the same answer to the corpus: ${part}`, { tags, timeout: 300_000 }, async () => {
      const corpus = create(randomUUID);
      const differences: string[] = [];
      for (const request of corpus) {
        const difference = await compare(request);
        if (difference) differences.push(difference);
      }

      expect(corpus.length).toBeGreaterThan(900);
      expect(differences).toEqual([]);
    });
  }

  it.skipIf(BASE_URL)(
    'give the same answer below a base path, as a custom domain has one',
    { tags: 'long' },
    async () => {
      const differences: string[] = [];
      for (const request of createCorpus(randomUUID).filter(hasOneMutation)) {
        const difference = await compare(request, below.url());
        if (difference) differences.push(difference);
      }

      expect(differences).toEqual([]);
    },
  );

  it('reach each status that a request alone can bring about', { tags: 'long' }, async () => {
    const statuses = new Set<number>();
    for (const request of createCorpus(randomUUID).filter(hasOneMutation)) {
      statuses.add((await sendToRouter(request)).status);
      statuses.add((await sendToRouter(request)).status);
    }

    expect([...statuses]).toEqual(
      expect.arrayContaining([200, 201, 204, 207, 400, 403, 404, 405, 413, 415]),
    );
  });

  const compareAnything = async (numRuns: number): Promise<void> => {
    const text = fc.oneof(
      fc.string(),
      fc.string({ unit: 'binary' }),
      fc.constantFrom('$where', '__proto__', '\0'),
    );
    const event = fc.record(
      {
        date: fc.oneof(
          fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
          text,
          fc.jsonValue(),
        ),
        deviceID: fc.oneof(fc.uuid(), text),
        eventType: text,
        value: fc.jsonValue(),
      },
      { requiredKeys: [] },
    );
    const body = fc.oneof(
      { weight: 4, arbitrary: event.map((fields) => JSON.stringify(fields)) },
      { weight: 4, arbitrary: fc.array(event).map((events) => JSON.stringify({ events })) },
      fc.jsonValue().map((value) => JSON.stringify(value)),
      text,
    );
    const headers = { 'content-type': 'application/json' };

    await fc.assert(
      fc.asyncProperty(body, fc.constantFrom('/events', '/events/batch'), async (sent, path) => {
        const request = {
          title: sent,
          method: 'POST',
          path,
          query: {},
          headers,
          body: sent,
        };
        expect(await compare(request)).toBeUndefined();
      }),
      { numRuns },
    );
  };

  it('give the same answer to whatever else is sent', { tags: 'long', timeout: 120_000 }, () =>
    compareAnything(100),
  );

  it('do so for much more of it', { tags: 'long' }, () => compareAnything(BASE_URL ? 100 : 500));
});

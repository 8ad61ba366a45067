import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import ts from 'typescript';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { responseValidators } from '../../generated/response-validators.js';
import type { Registry } from '../../openapi/registry.ts';
import { registry } from '../../openapi/registry.ts';
import { toCHeader } from '../../scripts/generate/event-types/to-c-header.ts';
import { toClientTypes } from '../../scripts/generate/event-types/to-client-types.ts';
import type { createApiHandler as Create } from '../../src/lambda/api-handler.ts';
import { useDatabase } from '../harness/database.ts';
import { proxyEvent } from '../harness/proxy-event.ts';

const database = useDatabase();
const DIRECTORY = fileURLToPath(new URL('../../dist/deprecated-type/', import.meta.url));
const DEPRECATION = { since: '2026-05-01', sunset: '2028-05-01', link: 'https://example.com/new' };
const WARNING = {
  code: 'deprecated',
  pointer: '/eventType',
  detail:
    'is deprecated since 2026-05-01, and described until 2028-05-01 at least: see https://example.com/new',
};
const MISMATCH = { code: 'type', pointer: '/value', detail: 'must be number' };

/** The registry of this checkout, in which a type is deprecated. */
const deprecating: Registry = {
  ...registry,
  eventTypes: registry.eventTypes.map((type) =>
    type.eventType === 'temp_celsius'
      ? { ...type, deprecated: true, deprecation: DEPRECATION }
      : type,
  ),
};

/** Builds the service with that registry, as `npm run build` would after `npm run generate`. */
async function buildService(): Promise<typeof Create> {
  await build({
    stdin: {
      contents: "export { createApiHandler } from './src/lambda/api-handler.ts';",
      resolveDir: fileURLToPath(new URL('../../', import.meta.url)),
    },
    outfile: `${DIRECTORY}handler.mjs`,
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    plugins: [
      {
        name: 'registry',
        setup: ({ onLoad }) =>
          onLoad({ filter: /generated\/event-types\.json$/ }, () => ({
            contents: JSON.stringify(deprecating),
            loader: 'json',
          })),
      },
    ],
  });
  return (await import(`${DIRECTORY}handler.mjs`)).createApiHandler;
}

let create: typeof Create;
beforeAll(async () => {
  create = await buildService();
});
afterAll(() => rmSync(DIRECTORY, { recursive: true, force: true }));

function start(options: Parameters<typeof Create>[1] = {}) {
  const lines: string[] = [];
  const handler = create(database.client, { log: (line) => void lines.push(line), ...options });
  return {
    send: async (path: string, body: unknown) => {
      lines.length = 0;
      const headers = { 'content-type': 'application/json' };
      const request = { method: 'POST', path, headers, body: JSON.stringify(body) };
      const { statusCode: status, body: answer } = await handler(proxyEvent(request));
      const operation = path === '/events' ? 'addEvent' : 'addEvents';
      if (status < 300) {
        expect(responseValidators[operation]?.[status]?.(JSON.parse(answer))).toBe(true);
      }
      return { status, answer: JSON.parse(answer) };
    },
    read: async ({ deviceID, eventType }: { deviceID: string; eventType: string }) => {
      const query = { deviceID, eventType, date: '2026-05-05' };
      return JSON.parse((await handler(proxyEvent({ query }))).body).events;
    },
    warned: () => lines.map((line) => JSON.parse(line)).filter(({ EventType }) => EventType),
  };
}

const toEvent = (eventType: string, value: unknown) => ({
  deviceID: randomUUID(),
  eventType,
  date: '2026-05-05T17:19:35.000Z',
  value,
});

describe('an event of a deprecated type', () => {
  it('is stored with a warning, and counted once', async () => {
    const { send, read, warned } = start();
    const event = toEvent('temp_celsius', 21.5);

    expect(await send('/events', event)).toEqual({
      status: 201,
      answer: { status: 'created', message: 'Created event', warnings: [WARNING] },
    });
    expect(warned()).toMatchObject([
      {
        level: 'warn',
        keyId: 'k1',
        EventType: 'temp_celsius',
        Deprecated: 1,
        codes: { deprecated: 1 },
        _aws: {
          CloudWatchMetrics: [
            {
              Dimensions: [['Service', 'EventType']],
              Metrics: [{ Name: 'Deprecated', Unit: 'Count' }],
            },
          ],
        },
      },
    ]);
    expect(warned()[0]).not.toHaveProperty('Mismatches');
    expect(await read(event)).toEqual([event]);

    expect(await send('/events', event)).toMatchObject({
      status: 200,
      answer: { status: 'duplicate', warnings: [WARNING] },
    });
    expect(warned()).toEqual([]);
  });

  it('has both warnings where its value does not match, too', async () => {
    const { send, warned } = start();
    const events = [
      toEvent('temp_celsius', 21.5),
      toEvent('temp_celsius', 'warm'),
      toEvent('battery_percent', 50),
    ];

    expect((await send('/events/batch', { events })).answer.results).toEqual([
      { status: 'created', warnings: [WARNING] },
      { status: 'created', warnings: [MISMATCH, WARNING] },
      { status: 'created' },
    ]);
    expect(warned()).toMatchObject([
      {
        EventType: 'temp_celsius',
        Mismatches: 1,
        Deprecated: 2,
        codes: { type: 1, deprecated: 2 },
      },
    ]);
  });

  it('is refused for its value alone, never for its type', async () => {
    const { send } = start({ eventTypes: { mismatches: 'refuse', unknownTypes: 'refuse' } });

    expect((await send('/events', toEvent('temp_celsius', 21.5))).status).toBe(201);
    expect(await send('/events', toEvent('temp_celsius', 'warm'))).toMatchObject({
      status: 400,
      answer: { errors: [MISMATCH] },
    });
  });
});

describe('a deprecated type in the typed clients', () => {
  it('is marked with @deprecated in TypeScript, and with the dates in C', () => {
    const types = toClientTypes(deprecating.eventTypes, 'accept');
    expect(listDeprecated(types)).toEqual(['"temp_celsius"']);
    expect(types).toContain(
      '/** Temperature, in Cel. @deprecated since 2026-05-01, described until 2028-05-01: https://example.com/new */ "temp_celsius": number;',
    );
    const header = toCHeader(deprecating.eventTypes, '1.0.0');
    expect(header).toContain(
      '/* Temperature, in Cel. Deprecated since 2026-05-01, described until 2028-05-01: https://example.com/new */',
    );
    expect(header).toMatch(
      /IOT_EVENTS_DEPRECATED\nstatic inline iot_events_event iot_event_temp_celsius\(/,
    );
    expect(header.match(/^IOT_EVENTS_DEPRECATED$/gm)).toHaveLength(1);
  });
});

/** The members that the TypeScript compiler takes for deprecated. */
function listDeprecated(module: string): string[] {
  const file = ts.createSourceFile('event-types.d.ts', module, ts.ScriptTarget.Latest, true);
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isPropertySignature(node) && ts.getJSDocDeprecatedTag(node)) {
      found.push(node.name.getText());
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

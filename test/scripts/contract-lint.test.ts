import { execaSync } from 'execa';
import { beforeAll, describe, expect, it } from 'vitest';
import { exceptions } from '../../scripts/check/contract/exceptions.ts';
import { lintPublishedContract } from '../../scripts/check/contract/lint-published-contract.ts';
import type { Edit } from '../evolution/edit.ts';
import { ok, parameterSchema, schemas, set, toEdited } from '../evolution/edit.ts';

const lint = (edit: Edit) =>
  lintPublishedContract(toEdited(edit) as Parameters<typeof lintPublishedContract>[0]);

const FAULTS: [title: string, edit: Edit, fault: string][] = [
  [
    'a reply that is an array',
    (c) =>
      set(ok(c, '/events/latest').content['application/json'], {
        schema: { type: 'array', items: { $ref: '#/components/schemas/Event' } },
      }),
    'GET /events/latest 200 application/json: nothing can be added to a JSON reply',
  ],
  [
    'a closed reply',
    (c) => set(schemas(c).EventResult, { additionalProperties: false }),
    '#/components/schemas/EventResult: generated clients refuse a property',
  ],
  [
    'a reply that does not say whether it is open',
    (c) => delete schemas(c).InvalidField.additionalProperties,
    '#/components/schemas/InvalidField: generated clients refuse a property',
  ],
  [
    'a closed object inside a reply',
    (c) => set(schemas(c).EventPage.properties, { next: { type: 'object', properties: {} } }),
    '#/components/schemas/EventPage/properties/next: generated clients refuse a property',
  ],
  [
    'an enum in a reply',
    (c) => set(schemas(c).EventInterval.properties, { kind: { type: 'string', enum: ['a'] } }),
    '#/components/schemas/EventInterval/properties/kind: generated clients refuse a value',
  ],
  [
    'a link in a header',
    (c) => set(ok(c, '/events').headers, { Link: { schema: { type: 'string' } } }),
    'GET /events 200: generated clients do not read the Link header',
  ],
  [
    'a number of a reply without a format',
    (c) => delete schemas(c).EventInterval.properties.mean.format,
    '#/components/schemas/EventInterval/properties/mean: generated clients guess the type',
  ],
  [
    'a number whose format loses digits',
    (c) => set(schemas(c).EventInterval.properties.max, { format: 'float' }),
    '#/components/schemas/EventInterval/properties/max: generated clients guess the type',
  ],
  [
    'a number of a parameter without a format',
    (c) => delete parameterSchema(c, 'limit').format,
    '#/paths/~1events/get/parameters/6/schema: generated clients guess the type',
  ],
  [
    'a number of a body without a format',
    (c) =>
      set(schemas(c).NewEvent.properties, {
        example: { type: 'array', items: { type: 'number' } },
      }),
    '#/components/schemas/NewEvent/properties/example/items: generated clients guess the type',
  ],
  [
    'a number of a header without a format',
    (c) => delete c.components.headers.RetryAfter.schema.format,
    '#/components/headers/RetryAfter/schema: generated clients guess the type',
  ],
  ...['400', '403', '429', '500', '502', '503', '504', 'default'].map(
    (status): (typeof FAULTS)[number] => [
      `a forgotten ${status}`,
      (c) => delete c.paths['/devices'].get.responses[status],
      `GET /devices: document the response ${status}: `,
    ],
  ),
  ...['413', '415'].map((status): (typeof FAULTS)[number] => [
    `a forgotten ${status} of an operation with a body`,
    (c) => delete c.paths['/events'].post.responses[status],
    `POST /events: document the response ${status}: `,
  ]),
  [
    'a list without a next page',
    (c) => delete schemas(c).DevicePage.properties.nextCursor,
    'GET /devices 200: devices could grow without end',
  ],
  [
    'a description of the API that is not two sentences',
    (c) => set(c.info, { description: '## Title\nOne sentence.' }),
    '#/info/description: generators copy it into each file: write two sentences',
  ],
  [
    'what Spectral reports',
    (c) => delete c.paths['/health'].get.tags,
    '#/paths/~1health/get: Operation must have non-empty "tags" array. (spectral: operation-tags)',
  ],
  [
    'an exception that is no longer needed',
    (c) => set(c.info, { contact: { name: 'somebody' } }),
    'spectral: info-contact needs no exception any more',
  ],
];

describe('the lint of the published contract', { timeout: 180_000 }, () => {
  let faults: string[] = [];
  beforeAll(async () => {
    faults = await lint((contract) => {
      for (const [, edit] of FAULTS) edit(contract);
    });
  }, 180_000);

  it('has no fault to report', { tags: 'long' }, async () => {
    expect(await lint(() => undefined)).toEqual([]);
  });

  it.each(FAULTS)('reports %s', (_, __, fault) => {
    expect(faults).toContainEqual(expect.stringContaining(fault));
  });

  it('allows the link of a deprecated operation', { tags: 'long' }, async () => {
    const found = await lint((c) => {
      set(c.paths['/events'].get, { deprecated: true });
      set(ok(c, '/events').headers, { Link: { schema: { type: 'string' } } });
    });

    expect(found).toEqual([]);
  });
});

describe('the exceptions', () => {
  it('of Redocly are each needed', { tags: 'long', timeout: 180_000 }, () => {
    const { stdout } = execaSync('npx', ['redocly', 'lint', 'events', '--format=json'], {
      reject: false,
      env: { REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true', REDOCLY_TELEMETRY: 'off' },
    });
    const found = JSON.parse(stdout).problems.map(({ ruleId }: { ruleId: string }) => ruleId);
    const skipped = exceptions.filter(({ linter }) => linter === 'redocly');

    expect([...new Set(found)]).toEqual(skipped.map(({ rule }) => rule));
  });
});

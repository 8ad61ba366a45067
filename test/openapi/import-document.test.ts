import Ajv from 'ajv-draft-04';
import { describe, expect, it } from 'vitest';
import type { ImportDocument } from '../../gateway/import-document.ts';
import { lintImportDocument } from '../../gateway/lint/lint-import-document.ts';
import type { Contract } from '../../openapi/contract.ts';
import { contract } from '../../openapi/contract.ts';
import { lintContract } from '../../openapi/import/lint-contract.ts';
import { LOCAL_FUNCTIONS } from '../../openapi/import/local-functions.ts';
import { toImportDocument } from '../../openapi/import/to-import-document.ts';
import type { StreamKind } from '../../src/names/stream-kinds.ts';

const toDocument = (of = contract): ImportDocument =>
  structuredClone(toImportDocument(of, LOCAL_FUNCTIONS));

describe('the import document', () => {
  it('has nothing that API Gateway would refuse or weaken', () => {
    expect(lintImportDocument(toDocument())).toEqual([]);
  });

  it('has every operation of the contract, with its integration, security and validator', () => {
    const document = toDocument();

    for (const [path, item] of Object.entries(contract.paths)) {
      for (const method of ['get', 'post', 'delete'] as const) {
        if (!item?.[method]) continue;
        expect(document.paths[path]?.[method]).toMatchObject({
          operationId: item[method].operationId,
          security: item[method].security,
          'x-amazon-apigateway-request-validator': 'all',
          'x-amazon-apigateway-integration': {
            type: 'aws_proxy',
            httpMethod: 'POST',
            ...('x-stream' in item[method]
              ? {
                  uri: LOCAL_FUNCTIONS.streamUris[item[method]['x-stream'] as StreamKind],
                  responseTransferMode: 'STREAM',
                  timeoutInMillis: 900_000,
                }
              : { uri: LOCAL_FUNCTIONS.functionUri, timeoutInMillis: 29_000 }),
          },
        });
      }
    }
  });

  it.each([
    [{ uri: LOCAL_FUNCTIONS.functionUri }, 69, 'does not end in /response-streaming-invocations'],
    [{ responseTransferMode: undefined }, 69, 'add responseTransferMode STREAM'],
    [{ responseTransferMode: 'STREAMED' }, 69, 'write STREAM, or leave it out'],
    [{ timeoutInMillis: 900_001 }, 19, 'choose 50 to 900000'],
  ])('streams by its own URI, mode and timeout: not by %j', (change, fact, message) => {
    const document = toDocument();
    const operation = document.paths['/events/export']?.get;
    Object.assign(operation?.['x-amazon-apigateway-integration'] ?? {}, change);

    expect(lintImportDocument(document)).toContainEqual({
      fact,
      effect: 'refused',
      place: expect.stringMatching('^/paths/~1events~1export/get/x-amazon-apigateway-integration/'),
      message: expect.stringContaining(message),
    });
  });

  it('says in the model what a model can say, and nothing else', () => {
    const { schemas } = toDocument().components;

    expect(Object.keys(schemas)).toEqual(['DeviceId', 'EventBatch', 'EventType', 'NewEvent']);
    expect(schemas.DeviceId).toEqual({ type: 'string' });
    expect(schemas.NewEvent).toMatchObject({
      type: 'object',
      required: ['deviceID', 'eventType'],
      properties: { deviceID: { $ref: '#/components/schemas/DeviceId' }, value: {} },
    });
    // API Gateway would tell these faults without the field.
    expect(JSON.stringify(schemas)).not.toMatch(/pattern|Length|additionalProperties/);
  });

  it('takes every event that the router takes', () => {
    const event = {
      deviceID: '8f188304-e7b3-4a16-a243-b9470468478a',
      eventType: 'temp_celsius',
      id: 'boot-17/4',
      value: null,
    };
    const ajv = new Ajv.default({ strict: false });
    const { components } = toDocument();
    const accepts = ajv.compile({ components, $ref: '#/components/schemas/NewEvent' });

    for (const name of ['date', 'id', 'receivedAt']) {
      expect(accepts({ ...event, [name]: null })).toBe(true);
    }
    for (const date of [
      '2026-05-05T17:19:35Z',
      '2026-05-05t17:19:35.250z',
      '2026-05-05 17:19:35Z',
      '2026-05-05T19:19:35+0200',
      '2026-05-05T19:19:35 02:00',
      '2026-05-05 15:19:35.1-02:00',
    ]) {
      expect(accepts({ ...event, date, receivedAt: date })).toBe(true);
    }
    // The router checks that there is a date or an id.
    const { id: _, ...neither } = event;
    expect(accepts(neither)).toBe(true);
    expect(accepts({ ...event, deviceID: null })).toBe(false);
  });

  it('names every status of an operation, and never default (fact 18)', () => {
    const { paths } = toDocument();

    for (const [path, item] of Object.entries(contract.paths)) {
      const { responses: any } = paths[path]?.['x-amazon-apigateway-any-method'] ?? {};
      expect(Object.keys(any ?? {})).toEqual(['405']);
      for (const method of ['get', 'post', 'delete'] as const) {
        const documented = Object.keys(item?.[method]?.responses ?? {});
        const imported = Object.keys(paths[path]?.[method]?.responses ?? {});
        expect(imported).toEqual(documented.filter((status) => status !== 'default'));
      }
    }
  });

  it('has every parameter in full, also those that operations share', () => {
    const parameters = toDocument().paths['/events']?.get?.parameters ?? [];

    expect(parameters.map(({ name, required }) => [name, required])).toEqual([
      ['deviceID', true],
      ['eventType', true],
      ['date', false],
      ['since', false],
      ['until', false],
      ['order', false],
      ['limit', false],
      ['cursor', false],
      ['include', false],
      ['If-None-Match', false],
    ]);
  });

  it('leaves the items of a batch to the router, so that a bad one refuses no other', () => {
    const { paths, components } = toDocument();

    expect(paths['/events/batch']?.post?.requestBody?.content).toEqual({
      'application/json': { schema: { $ref: '#/components/schemas/EventBatch' } },
    });
    expect(components.schemas.EventBatch).toEqual({
      type: 'object',
      required: ['events'],
      properties: { events: { type: 'array', minItems: 1, maxItems: 1000 } },
    });
  });

  it('allows pages of the origin that it is told, and of any by default', () => {
    const toOrigin = (...corsOrigins: string[]) =>
      toImportDocument(contract, {
        ...LOCAL_FUNCTIONS,
        ...(corsOrigins.length > 0 && { corsOrigins }),
      }).paths['/events']?.options?.['x-amazon-apigateway-integration'];

    expect(JSON.stringify(toOrigin('https://example.org'))).toContain("'https://example.org'");
    expect(JSON.stringify(toOrigin())).toContain(
      `"method.response.header.Access-Control-Allow-Origin":"'*'"`,
    );
  });

  it('does not change the contract, and comes out the same each time', () => {
    const before = JSON.stringify(contract);

    expect(toDocument()).toEqual(toDocument());
    expect(JSON.stringify(contract)).toBe(before);
  });
});

type Loose = { [key: string]: Loose };

describe('the linter of the contract', () => {
  const withSchema = (schema: object): Contract =>
    ({
      ...contract,
      components: { schemas: { NewEvent: { properties: { b: schema } } } },
    }) as Contract;

  it('has nothing against ours', () => {
    expect(lintContract(contract)).toEqual([]);
  });

  it.each([
    [22, { type: 'string', format: 'email' }],
    [13, { type: 'number', minimum: 0, exclusiveMinimum: true }],
    [13, { discriminator: { propertyName: 'c' } }],
  ])('finds what a model would drop (fact %i)', (fact, schema) => {
    expect(lintContract(withSchema(schema))).toMatchObject([
      { fact, place: 'NewEvent/properties/b' },
    ]);
  });
});

describe('the linter of the import document', () => {
  it.each<[fact: number, (document: Loose) => unknown]>([
    [1, (document) => Object.assign(document, { openapi: '3.1.0' })],
    [3, (document) => Object.assign(document.info ?? {}, { title: 'x'.repeat(6_300_000) })],
    [
      3,
      ({ components }) =>
        Object.assign(components?.schemas ?? {}, { Big: { pattern: 'x'.repeat(500_000) } }),
    ],
    [
      3,
      ({ paths }) =>
        Object.assign(
          paths ?? {},
          Object.fromEntries(Array.from({ length: 300 }, (_, n) => [`/p${n}`, {}])),
        ),
    ],
    [8, ({ paths }) => delete paths?.['/events']?.get?.['x-amazon-apigateway-integration']],
    [9, ({ paths }) => Object.assign(paths ?? {}, { '/a b': {} })],
    [9, ({ paths }) => Object.assign(paths ?? {}, { '/a{b}': {} })],
    [10, ({ components }) => Object.assign(components?.schemas ?? {}, { My_Model: {} })],
    [
      11,
      ({ paths }) =>
        Object.assign(paths?.['/events']?.get?.parameters?.[0] ?? {}, { in: 'cookie' }),
    ],
    [
      12,
      ({ components }) =>
        Object.assign(components?.securitySchemes?.apiKey ?? {}, { type: 'http' }),
    ],
    [
      13,
      ({ components }) =>
        Object.assign(components?.schemas?.NewEvent?.properties?.value ?? {}, { nullable: true }),
    ],
    [
      14,
      ({ components }) =>
        Object.assign(components?.schemas ?? {}, {
          A: { anyOf: [{ $ref: '#/components/schemas/DeviceId' }] },
        }),
    ],
    [
      16,
      (document) => {
        delete document.paths?.['/events']?.get?.security;
        Object.assign(document, { security: [{ apiKey: [] }] });
      },
    ],
    [18, ({ paths }) => Object.assign(paths?.['/events']?.get?.responses ?? {}, { '4XX': {} })],
    [18, ({ paths }) => Object.assign(paths?.['/events']?.get?.responses ?? {}, { default: {} })],
    [
      18,
      ({ paths }) =>
        Object.assign(paths?.['/events']?.['x-amazon-apigateway-any-method']?.responses ?? {}, {
          default: {},
        }),
    ],
    [
      19,
      ({ paths }) =>
        Object.assign(paths?.['/events']?.get?.parameters?.[0] ?? {}, { name: 'date' }),
    ],
    [
      19,
      ({ paths }) =>
        Object.assign(paths?.['/events']?.get?.['x-amazon-apigateway-integration'] ?? {}, {
          timeoutInMillis: 30_000,
        }),
    ],
    [
      20,
      ({ paths }) =>
        Object.assign(paths?.['/events']?.post?.requestBody?.content ?? {}, {
          'application/json': { schema: {} },
        }),
    ],
    [20, ({ components }) => delete components?.schemas?.DeviceId],
    [
      22,
      ({ components }) =>
        Object.assign(components?.schemas?.NewEvent?.properties?.value ?? {}, { format: 'date' }),
    ],
    [
      23,
      ({ components }) =>
        Object.assign(components?.schemas?.EventType ?? {}, {
          $schema: 'http://json-schema.org/draft-07/schema#',
        }),
    ],
    [
      26,
      ({ paths }) =>
        Object.assign(paths?.['/events']?.post?.requestBody?.content ?? {}, {
          'application/*': { schema: { $ref: '#/components/schemas/DeviceId' } },
        }),
    ],
    [
      33,
      ({ paths }) =>
        Object.assign(paths?.['/events']?.get?.['x-amazon-apigateway-integration'] ?? {}, {
          httpMethod: 'GET',
        }),
    ],
    [34, (document) => Object.assign(document, { 'x-amazon-apigateway-request-validators': {} })],
    [
      35,
      (document) =>
        Object.assign(document['x-amazon-apigateway-gateway-responses']?.DEFAULT_4XX ?? {}, {
          statusCode: '400',
        }),
    ],
    [
      35,
      (document) =>
        Object.assign(document['x-amazon-apigateway-gateway-responses']?.THROTTLED ?? {}, {
          responseTemplates: { 'application/json': '{"a":"$context.error.messageString"}' },
        }),
    ],
    [
      36,
      ({ components }) =>
        Object.assign(components?.securitySchemes?.apiKey ?? {}, { name: 'token' }),
    ],
    [
      37,
      (document) => Object.assign(document, { 'x-amazon-apigateway-binary-media-types': ['*/*'] }),
    ],
    [38, ({ paths }) => delete paths?.['/events']?.options?.responses?.['204']?.headers],
  ])('finds a breach of fact %i', (fact, mutate) => {
    const document = toDocument();
    mutate(document as unknown as Loose);

    const findings = lintImportDocument(document);

    expect(findings.map((finding) => finding.fact)).toContain(fact);
    expect(findings.every(({ message }) => message)).toBe(true);
  });
});

import { describe, expect, it } from 'vitest';
import type { ImportDocument } from '../../gateway/import-document.ts';
import { lintImportDocument } from '../../gateway/lint/lint-import-document.ts';
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

  it('says in a model what kind of JSON a body is, and leaves what API Gateway would tell without the field', () => {
    expect(toDocument().components.schemas).toEqual({
      EventBatch: { type: 'object' },
      NewEvent: { type: 'object' },
    });
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
      ['deviceID', false],
      ['eventType', false],
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
  it('has nothing against ours', () => {
    expect(lintContract(contract)).toEqual([]);
  });

  it('finds an operation that requires a key, but no scope', () => {
    const changed = structuredClone(contract);
    delete (changed as unknown as Loose).paths?.['/events']?.get?.['x-scope'];

    expect(lintContract(changed)).toMatchObject([{ fact: 36, place: 'get /events' }]);
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
      ({ components }) => Object.assign(components?.schemas?.NewEvent ?? {}, { nullable: true }),
    ],
    [
      14,
      ({ components }) =>
        Object.assign(components?.schemas ?? {}, {
          A: { anyOf: [{ $ref: '#/components/schemas/NewEvent' }] },
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
    [
      20,
      ({ components }) =>
        Object.assign(components?.schemas ?? {}, {
          A: { items: { $ref: '#/components/schemas/B' } },
        }),
    ],
    [
      22,
      ({ components }) => Object.assign(components?.schemas?.NewEvent ?? {}, { format: 'date' }),
    ],
    [
      23,
      ({ components }) =>
        Object.assign(components?.schemas?.NewEvent ?? {}, {
          $schema: 'http://json-schema.org/draft-07/schema#',
        }),
    ],
    [
      26,
      ({ paths }) =>
        Object.assign(paths?.['/events']?.post?.requestBody?.content ?? {}, {
          'application/*': { schema: { $ref: '#/components/schemas/NewEvent' } },
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

import { describe, expect, it } from 'vitest';
import { lintImportDocument } from '../../gateway/lint/lint-import-document.ts';
import type { Loose } from './sound-document.ts';
import { INTEGRATION, RESPONSES, toSoundDocument } from './sound-document.ts';

const set = (part: Loose | undefined, changes: object): void => {
  Object.assign(part ?? {}, changes);
};
const get = (document: Loose): Loose | undefined => document.paths?.['/pets/{petId}']?.get;
const post = (document: Loose): Loose | undefined => document.paths?.['/pets']?.post;
const mock = (document: Loose): Loose | undefined =>
  document.paths?.['/pets']?.options?.[INTEGRATION];
const pet = (document: Loose): Loose | undefined => document.components?.schemas?.Pet;
const name = (document: Loose): Loose | undefined => pet(document)?.properties?.name;
const throttled = (document: Loose): Loose | undefined => document[RESPONSES]?.THROTTLED;
const integrationOf = (operation: Loose | undefined): Loose | undefined => operation?.[INTEGRATION];

type Bad = [kind: string, fact: number, mutate: (document: Loose) => void];

/** The documents of the trial of the deployment: AWS refuses or weakens each of them. */
const TRIED: Bad[] = [
  ['version 3.1', 1, (document) => set(document, { openapi: '3.1.0' })],
  ['too many bytes', 3, (document) => set(document.info, { title: 'x'.repeat(6_300_000) })],
  ['a method without integration', 8, (document) => delete get(document)?.[INTEGRATION]],
  ['a space in a path', 9, ({ paths }) => set(paths, { '/a b': {} })],
  ['a model name with an underscore', 10, (d) => set(d.components?.schemas, { My_Pet: {} })],
  ['a cookie', 11, (document) => set(get(document)?.parameters?.[0], { in: 'cookie' })],
  ['nullable', 13, (document) => set(name(document), { nullable: true })],
  ['a range of statuses', 18, (document) => set(get(document)?.responses, { '4XX': {} })],
  ['a long timeout', 19, (d) => set(integrationOf(get(d)), { timeoutInMillis: 30_000 })],
  ['format date', 22, (document) => set(pet(document)?.properties?.kind, { format: 'date' })],
  ['Lambda by GET', 33, (d) => set(integrationOf(get(d)), { httpMethod: 'GET' })],
  [
    'an unknown validator',
    34,
    (d) => set(get(d), { 'x-amazon-apigateway-request-validator': 'none' }),
  ],
  [
    'a mapped header that is not declared',
    38,
    (d) => delete d.paths?.['/pets']?.options?.responses?.['204']?.headers,
  ],
  // The 15 that it took.
  ['two names for one variable', 81, ({ paths }) => set(paths, { '/pets/{id}/toys': {} })],
  ['an empty required', 82, (document) => set(pet(document), { required: [] })],
  ['an empty enum', 82, (document) => set(pet(document)?.properties?.kind, { enum: [] })],
  ['a pattern that does not compile', 82, (document) => set(name(document), { pattern: '(' })],
  ['a list as type', 82, (document) => set(name(document), { type: ['string', 'null'] })],
  [
    "a body's reference to nothing",
    20,
    (d) =>
      set(post(d)?.requestBody?.content?.['application/json']?.schema, {
        $ref: '#/components/schemas/No',
      }),
  ],
  ['an unknown gateway response', 83, (d) => set(d[RESPONSES], { TEAPOT: {} })],
  [
    'a gateway response that maps no constant',
    84,
    (d) => set(throttled(d)?.responseParameters, { 'gatewayresponse.header.A': '*' }),
  ],
  [
    'a mock that maps no constant',
    84,
    (d) =>
      set(mock(d)?.responses?.default?.responseParameters, {
        'method.response.header.Access-Control-Allow-Origin': '*',
      }),
  ],
  ['an unknown type of integration', 85, (d) => set(integrationOf(get(d)), { type: 'lambda' })],
  [
    "a function's plain ARN",
    33,
    (d) => set(integrationOf(get(d)), { uri: 'arn:aws:lambda:us-east-1:1:function:f' }),
  ],
  [
    'an unknown passthrough',
    85,
    (d) => set(integrationOf(get(d)), { passthroughBehavior: 'always' }),
  ],
  ['an unknown key source', 36, (d) => set(d, { 'x-amazon-apigateway-api-key-source': 'QUERY' })],
  [
    'a large compression size',
    37,
    (d) => set(d, { 'x-amazon-apigateway-minimum-compression-size': 10_485_761 }),
  ],
  ['trace', 18, (d) => set(d.paths?.['/pets'], { trace: get(d) })],
];

const MORE: Bad[] = [
  ['no version', 1, (document) => delete document.openapi],
  ['version 2.1', 1, (document) => set(document, { openapi: '2.1.0' })],
  ['a greedy variable beside another', 81, ({ paths }) => set(paths, { '/pets/{proxy+}': {} })],
  [
    'two names two levels down',
    81,
    ({ paths }) => set(paths, { '/a/{b}/c/{d}': {}, '/a/{b}/c/{e}/f': {} }),
  ],
  ['a greedy variable that is not last', 9, ({ paths }) => set(paths, { '/b/{rest+}/c': {} })],
  ['a path without a slash', 9, ({ paths }) => set(paths, { pets: {} })],
  ['an empty segment', 9, ({ paths }) => set(paths, { '/a//b': {} })],
  ['part of a segment as variable', 9, ({ paths }) => set(paths, { '/a-{b}': {} })],
  ['required: true in a property', 82, (document) => set(name(document), { required: true })],
  [
    'a name twice in required',
    82,
    (document) => set(pet(document), { required: ['name', 'name'] }),
  ],
  ['an enum with equal values', 82, (document) => set(name(document), { enum: ['a', 'a'] })],
  ['an enum that is no list', 82, (document) => set(name(document), { enum: 'a' })],
  ['an empty allOf', 82, (document) => set(pet(document), { allOf: [] })],
  ['a negative length', 82, (document) => set(name(document), { maxLength: -1 })],
  ['a length as text', 82, (document) => set(name(document), { maxLength: '5' })],
  ['an unknown type', 82, (document) => set(name(document), { type: 'text' })],
  ['items as a list', 82, (document) => set(name(document), { type: 'array', items: [{}] })],
  ['multiples of 0', 82, (document) => set(name(document), { multipleOf: 0 })],
  ['look-behind', 82, (document) => set(name(document), { pattern: '(?<!a)b' })],
  ['a named group', 82, (document) => set(name(document), { pattern: '(?<year>\\d{4})' })],
  ['a pattern of properties', 82, (d) => set(pet(d), { patternProperties: { '(': {} } })],
  [
    'an empty required in a pattern of properties',
    82,
    (d) => set(pet(d), { patternProperties: { a: { required: [] } } }),
  ],
  ['an empty dependency', 82, (d) => set(pet(d), { dependencies: { name: [] } })],
  [
    'an empty required in a definition',
    82,
    (d) => set(pet(d), { definitions: { A: { required: [] } } }),
  ],
  ['inline flags', 82, (document) => set(name(document), { pattern: '(?i)abc' })],
  ['a class of Unicode', 82, (document) => set(name(document), { pattern: '^\\p{L}+$' })],
  ["another language's anchors", 82, (document) => set(name(document), { pattern: '\\Aabc\\z' })],
  [
    'an empty required in an inline body',
    82,
    (d) => set(post(d)?.requestBody?.content, { 'application/json': { schema: { required: [] } } }),
  ],
  [
    'a status of a gateway response',
    83,
    (document) => set(throttled(document), { statusCode: '42' }),
  ],
  ['a type in small letters', 83, (document) => set(document[RESPONSES], { throttled: {} })],
  [
    'a target of a gateway response',
    84,
    (d) => set(throttled(d)?.responseParameters, { 'method.response.header.A': "'1'" }),
  ],
  [
    'double quotes around a constant',
    84,
    (d) => set(throttled(d)?.responseParameters, { 'gatewayresponse.header.A': '"1"' }),
  ],
  [
    'a request mapped in a reply',
    84,
    (d) =>
      set(mock(d)?.responses?.default?.responseParameters, {
        'method.response.header.Access-Control-Allow-Origin': 'integration.request.header.a',
      }),
  ],
  [
    'a target of a request',
    84,
    (d) => set(integrationOf(get(d)), { requestParameters: { 'method.request.header.a': "'1'" } }),
  ],
  ['no type of integration', 85, (document) => delete integrationOf(get(document))?.type],
  ['no method of integration', 85, (document) => delete integrationOf(get(document))?.httpMethod],
  ['a connection', 85, (d) => set(integrationOf(get(d)), { connectionType: 'VPN' })],
  ['no uri', 33, (document) => delete integrationOf(get(document))?.uri],
  ['an address without host', 33, (d) => set(integrationOf(get(d)), { type: 'http', uri: '/a' })],
  ['a timeout with a fraction', 19, (d) => set(integrationOf(get(d)), { timeoutInMillis: 100.5 })],
  [
    'a negative compression size',
    37,
    (d) => set(d, { 'x-amazon-apigateway-minimum-compression-size': -1 }),
  ],
  [
    'a function of CloudFormation',
    86,
    (d) => set(integrationOf(get(d)), { uri: { 'Fn::Sub': 'arn:${a}' } }),
  ],
  [
    'a reference of CloudFormation',
    86,
    (d) => set(integrationOf(get(d)), { credentials: { Ref: 'Role' } }),
  ],
  [
    'a placeholder of a template in Ruby',
    86,
    (d) => set(integrationOf(get(d)), { uri: '<%= a %>' }),
  ],
  [
    'a placeholder in a mapped header',
    86,
    (d) => set(throttled(d)?.responseParameters, { 'gatewayresponse.header.A': "'${origin}'" }),
  ],
  [
    'a placeholder in a list of ARNs',
    86,
    (d) =>
      set(d.components?.securitySchemes, {
        pool: { type: 'apiKey', 'x-amazon-apigateway-authorizer': { providerARNs: ['${arn}'] } },
      }),
  ],
  ['a placeholder of Terraform', 86, (d) => set(integrationOf(get(d)), { uri: '${lambda_arn}' })],
  [
    'a status that the method lacks',
    87,
    (d) => set(mock(d)?.responses?.default, { statusCode: '201' }),
  ],
  ['a mock that says nothing', 88, (document) => delete mock(document)?.responses],
  ['an unknown security scheme', 36, (d) => set(get(d), { security: [{ other: [] }] })],
  ['a key in the query', 36, (d) => set(d.components?.securitySchemes?.key, { in: 'query' })],
  ['the security of the root', 16, (d) => set(d, { security: [{ key: [] }] })],
  ['a parameter that is not in the path', 32, (d) => set(get(d)?.parameters?.[0], { name: 'id' })],
  ['paths as a list', 80, (document) => set(document, { paths: [] })],
  ['a list as uri', 80, (d) => set(integrationOf(get(d)), { uri: [] })],
  ['a number as uri', 33, (d) => set(integrationOf(get(d)), { uri: 5 })],
  ['parameters by name', 80, (document) => set(get(document), { parameters: { id: {} } })],
  [
    'a parameter that refers to nothing',
    80,
    (d) => set(get(d), { parameters: [{ $ref: '#/components/parameters/No' }] }),
  ],
];

describe('the linter of OpenAPI 2.0, which AWS imports', () => {
  const toOld = (): Loose =>
    ({
      swagger: '2.0',
      info: { title: 'old', version: '1' },
      basePath: '/v1',
      schemes: ['https'],
      paths: {
        '/pets': {
          post: {
            consumes: ['application/json'],
            produces: ['application/json'],
            parameters: [
              { in: 'body', name: 'Pet', required: true, schema: { $ref: '#/definitions/Pet' } },
              { in: 'query', name: 'q', type: 'string' },
            ],
            security: [{ key: [] }],
            responses: { 200: { description: 'ok', schema: { $ref: '#/definitions/Pet' } } },
            [INTEGRATION]: integrationOf(get(toSoundDocument())),
          },
        },
      },
      definitions: { Pet: { type: 'object', properties: { name: { type: 'string' } } } },
      securityDefinitions: { key: { type: 'apiKey', name: 'x-api-key', in: 'header' } },
    }) as unknown as Loose;

  it('has nothing against a sound one', () => {
    expect(lintImportDocument(toOld())).toEqual([]);
  });

  it.each<[string, number, string, (document: Loose) => void]>([
    ['a model', 82, '/definitions/Pet', (d) => set(d.definitions?.Pet, { required: [] })],
    ['the name of a model', 10, '/definitions/My_Pet', (d) => set(d.definitions, { My_Pet: {} })],
    [
      'a reference to nothing',
      20,
      '/paths/~1pets/post/parameters/0/schema',
      (d) => set(post(d)?.parameters?.[0], { schema: { $ref: '#/components/schemas/Pet' } }),
    ],
    [
      'a security scheme',
      12,
      '/securityDefinitions/key',
      (d) => set(d.securityDefinitions?.key, { type: 'basic' }),
    ],
    [
      'an inline body',
      20,
      '/paths/~1pets/post/parameters/0',
      (d) => set(post(d)?.parameters?.[0], { schema: { type: 'object' } }),
    ],
    ['a form', 11, '/paths/~1pets/post', (d) => set(post(d)?.parameters?.[1], { in: 'formData' })],
  ])('finds a fault in %s (fact %i)', (_, fact, place, mutate) => {
    const document = toOld();
    mutate(document);

    expect(lintImportDocument(document)).toContainEqual(
      expect.objectContaining({ fact, place: expect.stringContaining(place) }),
    );
  });
});

describe('the linter of any document', () => {
  it('has nothing against one that is sound', () => {
    expect(lintImportDocument(toSoundDocument())).toEqual([]);
  });

  it('finds each of the 28 documents that were tried', () => {
    expect(TRIED).toHaveLength(28);
  });

  it.each([...TRIED, ...MORE])('finds %s (fact %i)', (_, fact, mutate) => {
    const document = toSoundDocument();
    mutate(document);

    const findings = lintImportDocument(document);

    expect(findings.map((finding) => finding.fact)).toContain(fact);
    for (const { place, message } of findings)
      expect(`${place} ${message}`).not.toMatch(/undefined/);
  });

  it.each([
    ['nothing', undefined],
    ['null', null],
    ['text', 'openapi: 3.0.1'],
    ['a list', []],
    ['an empty object', {}],
    ['bare', { openapi: '3.0.1', paths: { '/a': { get: {} } } }],
  ])('tells what is wrong with %s', (_, document) => {
    expect(lintImportDocument(document)).not.toEqual([]);
  });

  it('takes what many documents leave out, and members of a path that are no methods', () => {
    const operation = get(toSoundDocument());
    const item = { summary: 'a', parameters: operation?.parameters, servers: [], get: operation };
    const { responses, [INTEGRATION]: integration } = operation ?? {};
    Object.assign(item, { get: { responses, [INTEGRATION]: integration } });
    const document = { openapi: '3.0.3', info: {}, paths: { '/pets/{petId}': item } };

    expect(lintImportDocument(document)).toEqual([]);
  });

  it('tells of a circle', () => {
    const document = toSoundDocument();
    set(document.info, { document });

    expect(lintImportDocument(document)).toContainEqual(
      expect.objectContaining({ fact: 80, message: expect.stringContaining('circle') }),
    );
  });
});

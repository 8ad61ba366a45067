import { describe, expect, it } from 'vitest';
import { toFunctionUri } from '../../gateway/function-uri.ts';
import { lintImportDocument } from '../../gateway/lint/lint-import-document.ts';
import type { Loose } from './sound-document.ts';
import { INTEGRATION, toSoundDocument } from './sound-document.ts';

type Case = [kind: string, fact: number, mutate: (document: Loose) => unknown];

const set = (part: Loose | undefined, changes: object) => Object.assign(part ?? {}, changes);
const get = (document: Loose): Loose | undefined => document.paths?.['/pets/{petId}']?.get;
const post = (document: Loose): Loose | undefined => document.paths?.['/pets']?.post;
const pet = (document: Loose): Loose | undefined => document.components?.schemas?.Pet;
const name = (document: Loose): Loose | undefined => pet(document)?.properties?.name;
const integrate = (document: Loose, changes: object) => set(get(document)?.[INTEGRATION], changes);

/** A key of the method's parameters, in the query. */
const withQuery = (document: Loose, parameter: string, place = 'query') =>
  set(post(document), {
    parameters: [{ name: parameter, in: place, schema: { type: 'string' } }],
  });
const HTTP = { type: 'http_proxy', uri: 'https://example.org/' };
const QUEUE = 'arn:aws:apigateway:us-east-1:sqs:path/123456789012/queue';
const AUTHORIZER = toFunctionUri('authorizer');

const secure =
  (authorizer: object, scheme: object = {}) =>
  (document: Loose) => {
    set(document.components?.securitySchemes, {
      guard: {
        type: 'apiKey',
        name: 'Authorization',
        in: 'header',
        'x-amazon-apigateway-authtype': 'custom',
        'x-amazon-apigateway-authorizer': authorizer,
        ...scheme,
      },
    });
    set(get(document), { security: [{ guard: [] }] });
  };

const withPolicy = (policy: unknown) => (document: Loose) =>
  set(document, { 'x-amazon-apigateway-policy': policy });
const STATEMENT = {
  Effect: 'Allow',
  Principal: '*',
  Action: 'execute-api:Invoke',
  Resource: 'execute-api:/*',
};

const respond = (schema: object) => (document: Loose) =>
  set(get(document)?.responses?.['200'], { content: { 'application/json': { schema } } });

const BAD: Case[] = [
  // Parameters and what is mapped from them.
  ['a parameter with brackets', 101, (d) => withQuery(d, 'filter[a]')],
  ['a header with a space', 101, (d) => withQuery(d, 'X Device', 'header')],
  [
    'a header of a response with a space',
    101,
    (d) => set(get(d)?.responses?.['200'], { headers: { 'X Y': { schema: { type: 'string' } } } }),
  ],
  ...['querystring.a', 'header.a', 'path.other', 'multivaluequerystring.a'].map(
    (part): Case => [
      `a mapping of ${part}, which is no parameter`,
      102,
      (d) =>
        integrate(d, {
          ...HTTP,
          requestParameters: { 'integration.request.header.a': `method.request.${part}` },
        }),
    ],
  ),
  [
    'the same for a function, where it has no effect',
    102,
    (d) =>
      integrate(d, {
        requestParameters: { 'integration.request.path.object': 'method.request.path.page' },
      }),
  ],
  [
    'a cache key that is no parameter',
    102,
    (d) => integrate(d, { cacheKeyParameters: ['method.request.querystring.a'] }),
  ],
  ['a cache key by its name', 102, (d) => integrate(d, { cacheKeyParameters: ['petId'] })],
  [
    'a cache key that is not mapped',
    102,
    (d) => integrate(d, { cacheKeyParameters: ['integration.request.header.a'] }),
  ],
  // Where an integration goes, and as whom.
  ['a service without a role', 103, (d) => integrate(d, { type: 'aws', uri: QUEUE })],
  [
    'a proxy to a queue',
    103,
    (d) => integrate(d, { uri: QUEUE, credentials: 'arn:aws:iam::123456789012:role/r' }),
  ],
  ['a role by its name', 103, (d) => integrate(d, { credentials: 'queue-writer' })],
  ['a VPC link without an id', 103, (d) => integrate(d, { ...HTTP, connectionType: 'VPC_LINK' })],
  ['an address with a space', 33, (d) => integrate(d, { ...HTTP, uri: 'https://exam ple.org/' })],
  ['an address with a port alone', 33, (d) => integrate(d, { ...HTTP, uri: 'https://:80/' })],
  ['a port that is none', 33, (d) => integrate(d, { ...HTTP, uri: 'https://a.example:99999/' })],
  [
    'a variable of the address that nothing fills',
    104,
    (d) => integrate(d, { ...HTTP, uri: 'https://example.org/{petId}' }),
  ],
  [
    'a variable of the stage with a hyphen',
    97,
    (d) => integrate(d, { uri: toFunctionUri('${stageVariables.my-function}') }),
  ],
  [
    'a template of 301 KB',
    3,
    (d) =>
      integrate(d, {
        type: 'aws',
        requestTemplates: { 'application/json': JSON.stringify('x'.repeat(308_000)) },
      }),
  ],
  // Authorizers.
  ['an authorizer without a function', 105, secure({ type: 'token' })],
  ['an authorizer of no type', 105, secure({ authorizerUri: AUTHORIZER })],
  ['an unknown authorizer', 105, secure({ type: 'magic', authorizerUri: AUTHORIZER })],
  ['an authorizer of an HTTP API', 105, secure({ type: 'jwt', jwtConfiguration: {} })],
  [
    "an authorizer's plain ARN",
    105,
    secure({ type: 'token', authorizerUri: 'arn:aws:lambda:us-east-1:1:function:f' }),
  ],
  [
    'an authorizer that caches for two hours',
    105,
    secure({ type: 'token', authorizerUri: AUTHORIZER, authorizerResultTtlInSeconds: 7200 }),
  ],
  [
    'an authorizer that caches by nothing',
    105,
    secure({ type: 'request', authorizerUri: AUTHORIZER }),
  ],
  [
    'an authorizer that caches by a bare name',
    105,
    secure({ type: 'request', authorizerUri: AUTHORIZER, identitySource: 'Authorization' }),
  ],
  ['Cognito without a pool', 105, secure({ type: 'cognito_user_pools' })],
  ['Cognito with no pool', 105, secure({ type: 'cognito_user_pools', providerARNs: [] })],
  [
    'two authorizers to choose from',
    105,
    (d) => {
      secure({ type: 'token', authorizerUri: AUTHORIZER })(d);
      set(d.components?.securitySchemes, { other: d.components?.securitySchemes?.guard });
      set(get(d), { security: [{ guard: [] }, { other: [] }] });
    },
  ],
  // The document.
  ['no methods', 106, (d) => set(d, { paths: {} })],
  ['no paths', 106, (d) => delete d.paths],
  ['a path twice, once with a slash', 81, (d) => set(d.paths, { '/pets/': { get: get(d) } })],
  ['a policy as text', 107, withPolicy('{"Statement":[]}')],
  ['a policy without statements', 107, withPolicy({ Version: '2012-10-17' })],
  ['a policy for nobody', 107, withPolicy({ Statement: [{ ...STATEMENT, Principal: undefined }] })],
  ['a policy that permits', 107, withPolicy({ Statement: { ...STATEMENT, Effect: 'Permit' } })],
  ['a policy of no action', 107, withPolicy({ Statement: [{ ...STATEMENT, Action: undefined }] })],
  [
    'a binary type by its name',
    37,
    (d) => set(d, { 'x-amazon-apigateway-binary-media-types': ['png'] }),
  ],
  // Schemas, those of responses among them.
  ['a response of a model that is not there', 20, respond({ $ref: '#/components/schemas/No' })],
  ['a response that is a text', 15, respond({ type: 'string' })],
  ['a response with an empty required', 82, respond({ type: 'object', required: [] })],
  ['an exclusive bound of nothing', 82, (d) => delete pet(d)?.properties?.age?.minimum],
  ['definitions as a list', 82, (d) => set(pet(d), { definitions: [] })],
  ['a definition that is no schema', 82, (d) => set(pet(d), { definitions: { A: 5 } })],
  ['further items as a number', 82, (d) => set(pet(d), { additionalItems: 5 })],
  ['an id that is no text', 82, (d) => set(pet(d), { id: 5 })],
  ['a $schema that is no text', 82, (d) => set(pet(d), { $schema: 4 })],
  [
    'an enum with equal objects',
    82,
    (d) =>
      set(pet(d)?.properties?.kind, {
        enum: [
          { a: 1, b: 2 },
          { b: 2, a: 1 },
        ],
      }),
  ],
  ['a code point in braces', 82, (d) => set(name(d), { pattern: '^\\u{1F600}$' })],
  [
    'a body whose type is no media type',
    26,
    (d) =>
      set(post(d)?.requestBody, {
        content: { json: { schema: { $ref: '#/components/schemas/Pet' } } },
      }),
  ],
];

const GOOD: [kind: string, mutate: (document: Loose) => unknown][] = [
  ['parameters with a dot, a colon and a dollar', (d) => withQuery(d, '$filter:a.b_c-d')],
  [
    'mappings of a query, a header, and a variable of the path that is not declared',
    (d) => {
      set(get(d), {
        parameters: [
          { name: 'q', in: 'query', schema: { type: 'string' } },
          { name: 'X-Device', in: 'header', schema: { type: 'string' } },
        ],
      });
      integrate(d, {
        ...HTTP,
        uri: 'https://example.org/{id}',
        requestParameters: {
          'integration.request.querystring.q': 'method.request.querystring.q',
          'integration.request.querystring.all': 'method.request.multivaluequerystring.q',
          'integration.request.header.X-Device': 'method.request.header.X-Device',
          'integration.request.path.id': 'method.request.path.petId',
          'integration.request.header.body': 'method.request.body.name',
          'integration.request.header.fixed': "'a b'",
        },
        cacheKeyParameters: [
          'method.request.path.petId',
          'method.request.querystring.q',
          'integration.request.header.body',
        ],
      });
    },
  ],
  [
    'a mapping of a parameter of the path item',
    (d) => {
      set(d.paths?.['/pets/{petId}'], { parameters: [{ name: 'v', in: 'query', schema: {} }] });
      integrate(d, {
        ...HTTP,
        requestParameters: { 'integration.request.querystring.v': 'method.request.querystring.v' },
      });
    },
  ],
  [
    'a service with a role',
    (d) =>
      integrate(d, { type: 'aws', uri: QUEUE, credentials: 'arn:aws:iam::123456789012:role/a/b' }),
  ],
  ["the caller's own role", (d) => integrate(d, { credentials: 'arn:aws:iam::*:user/*' })],
  [
    'a role with variables of the import',
    (d) => integrate(d, { credentials: 'arn:${AWS::Partition}:iam::${AWS::AccountId}:role/r' }),
  ],
  [
    'a VPC link whose id and host are variables of the stage',
    (d) =>
      integrate(d, {
        ...HTTP,
        uri: 'http://${stageVariables.host}:${stageVariables.port}/pets',
        connectionType: 'VPC_LINK',
        connectionId: '${stageVariables.vpcLinkId}',
      }),
  ],
  [
    'an authorizer of tokens, without more',
    secure({ type: 'token', authorizerUri: AUTHORIZER, identityValidationExpression: '^x-[a-z]+' }),
  ],
  [
    'an authorizer of requests that caches nothing',
    secure({ type: 'request', authorizerUri: AUTHORIZER, authorizerResultTtlInSeconds: 0 }),
  ],
  [
    'an authorizer of requests that caches by two parts',
    secure({
      type: 'REQUEST',
      authorizerUri: AUTHORIZER,
      authorizerResultTtlInSeconds: '3600',
      identitySource: 'method.request.header.Auth, context.identity.sourceIp',
    }),
  ],
  [
    'Cognito with a pool',
    secure(
      { type: 'cognito_user_pools', providerARNs: ['arn:aws:cognito-idp:us-east-1:1:userpool/p'] },
      { 'x-amazon-apigateway-authtype': 'cognito_user_pools' },
    ),
  ],
  [
    'IAM, which has no authorizer',
    (d) => {
      secure({})(d);
      delete d.components?.securitySchemes?.guard?.['x-amazon-apigateway-authorizer'];
      set(d.components?.securitySchemes?.guard, { 'x-amazon-apigateway-authtype': 'awsSigv4' });
    },
  ],
  [
    'a key beside an authorizer',
    (d) => {
      secure({ type: 'token', authorizerUri: AUTHORIZER })(d);
      set(get(d), { security: [{ guard: [], key: [] }] });
    },
  ],
  ['a policy with one statement, without a list', withPolicy({ Statement: STATEMENT })],
  [
    'a policy that denies all but some',
    withPolicy({
      Version: '2012-10-17',
      Statement: [
        STATEMENT,
        {
          Effect: 'Deny',
          NotPrincipal: { AWS: 'arn:aws:iam::123456789012:root' },
          NotAction: 'execute-api:Invoke',
          NotResource: ['execute-api:/*'],
        },
      ],
    }),
  ],
  [
    'responses of models, lists of them, and objects',
    (d) => {
      respond({ $ref: '#/components/schemas/Pet' })(d);
      set(post(d)?.responses?.['201'], {
        content: {
          'application/json': {
            schema: { type: 'array', items: { $ref: '#/components/schemas/Pet' } },
          },
        },
      });
    },
  ],
  [
    'bounds that exclude themselves',
    (d) =>
      set(pet(d)?.properties?.age, { maximum: 9, exclusiveMaximum: true, exclusiveMinimum: false }),
  ],
  ['a trailing slash on a path of its own', (d) => set(d.paths, { '/toys/': { get: post(d) } })],
  [
    'types of binary data',
    (d) => set(d, { 'x-amazon-apigateway-binary-media-types': ['image/png', 'image/*'] }),
  ],
];

describe('a second trial of the linter', () => {
  it.each(BAD)('finds %s (fact %i)', (_, fact, mutate) => {
    const document = toSoundDocument();
    mutate(document);

    const findings = lintImportDocument(document);

    expect(findings.map((finding) => finding.fact)).toContain(fact);
    for (const { place, message } of findings)
      expect(`${place} ${message}`).not.toMatch(/undefined|\[object/);
  });

  it.each(GOOD)('takes %s', (_, mutate) => {
    const document = toSoundDocument();
    mutate(document);

    expect(lintImportDocument(document)).toEqual([]);
  });
});

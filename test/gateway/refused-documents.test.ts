import { describe, expect, it } from 'vitest';
import { toFunctionUri } from '../../gateway/function-uri.ts';
import { lintImportDocument } from '../../gateway/lint/lint-import-document.ts';
import { createGateway } from '../../gateway/local/gateway.ts';
import type { GatewaySettings } from '../../gateway/local/gateway-settings.ts';
import type { Reason } from '../../gateway/local/start/document-refused.ts';
import { DocumentRefused } from '../../gateway/local/start/document-refused.ts';
import type { Loose } from './sound-document.ts';
import { INTEGRATION, toSoundDocument } from './sound-document.ts';

const settings: GatewaySettings = {
  functions: async () => ({}),
  stage: { name: 'test', variables: { alias: 'live' } },
  allowedOrigins: ['https://example.org'],
};

const refuse = (document: unknown, more: Partial<GatewaySettings> = {}): Reason[] => {
  try {
    createGateway(document, { ...settings, ...more });
    return [];
  } catch (error) {
    if (error instanceof DocumentRefused) return error.reasons;
    throw error;
  }
};

const AT = '/paths/~1pets~1{petId}/get';
const get = (document: Loose): Loose => document.paths?.['/pets/{petId}']?.get ?? {};
const integrate = (document: Loose, integration: object): void => {
  Object.assign(get(document)[INTEGRATION] ?? {}, integration);
};
const secure = (document: Loose, scheme: object): void => {
  Object.assign(document.components?.securitySchemes ?? {}, { other: scheme });
  Object.assign(get(document), { security: [{ other: [] }] });
};
const custom = (type: string) => ({
  type: 'apiKey',
  name: 'Authorization',
  in: 'header',
  'x-amazon-apigateway-authtype': type,
  'x-amazon-apigateway-authorizer': { type: 'token', authorizerUri: toFunctionUri('a') },
});

type Case = [what: string, place: string, says: string, mutate: (document: Loose) => unknown];

const UNSIMULATED: Case[] = [
  [
    'aws',
    `${AT}/${INTEGRATION}/type`,
    'VTL',
    (d) => integrate(d, { type: 'aws', uri: 'arn:aws:apigateway:us-east-1:sqs:path/1/q' }),
  ],
  [
    'http',
    `${AT}/${INTEGRATION}/type`,
    'http_proxy',
    (d) => integrate(d, { type: 'http', uri: 'https://example.org/' }),
  ],
  [
    'a proxy to another service',
    `${AT}/${INTEGRATION}/uri`,
    'only functions',
    (d) => integrate(d, { uri: 'arn:aws:apigateway:us-east-1:states:action/StartExecution' }),
  ],
  [
    'an address that is not allowed',
    `${AT}/${INTEGRATION}/uri`,
    'allow this origin',
    (d) => integrate(d, { type: 'http_proxy', uri: 'http://169.254.169.254/latest' }),
  ],
  [
    'an address that hides its host',
    `${AT}/${INTEGRATION}/uri`,
    'one fixed origin',
    (d) => integrate(d, { type: 'http_proxy', uri: 'https://example.org@evil.example/' }),
  ],
  [
    'a host from the path',
    `${AT}/${INTEGRATION}/uri`,
    'one fixed origin',
    (d) => integrate(d, { type: 'http_proxy', uri: 'https://{petId}/' }),
  ],
  [
    'a VPC link',
    `${AT}/${INTEGRATION}/connectionType`,
    'VPC_LINK',
    (d) =>
      integrate(d, { type: 'http_proxy', uri: 'https://example.org/', connectionType: 'VPC_LINK' }),
  ],
  [
    'an HTTP API',
    `${AT}/${INTEGRATION}/payloadFormatVersion`,
    'HTTP APIs',
    (d) => integrate(d, { payloadFormatVersion: '2.0' }),
  ],
  [
    'CORS of an HTTP API',
    '/x-amazon-apigateway-cors',
    'HTTP APIs',
    (d) => Object.assign(d, { 'x-amazon-apigateway-cors': { allowOrigins: ['*'] } }),
  ],
  ['a Lambda authorizer', `${AT}/security`, 'custom', (d) => secure(d, custom('custom'))],
  [
    'Cognito',
    `${AT}/security`,
    'cognito_user_pools',
    (d) => secure(d, custom('cognito_user_pools')),
  ],
  ['IAM', `${AT}/security`, 'awsSigv4', (d) => secure(d, custom('awsSigv4'))],
  [
    'IAM at the method',
    `${AT}/x-amazon-apigateway-auth`,
    'IAM',
    (d) => Object.assign(get(d), { 'x-amazon-apigateway-auth': { type: 'AWS_IAM' } }),
  ],
  [
    'a policy',
    '/x-amazon-apigateway-policy',
    'allow and deny',
    (d) => Object.assign(d, { 'x-amazon-apigateway-policy': { Statement: [] } }),
  ],
  [
    'keys from an authorizer',
    '/x-amazon-apigateway-api-key-source',
    'HEADER',
    (d) => Object.assign(d, { 'x-amazon-apigateway-api-key-source': 'AUTHORIZER' }),
  ],
  [
    'an extension of tomorrow',
    `${AT}/x-amazon-apigateway-teapot`,
    'does not know',
    (d) => Object.assign(get(d), { 'x-amazon-apigateway-teapot': {} }),
  ],
  [
    'code in a template',
    `/paths/~1pets/options/${INTEGRATION}/requestTemplates/application~1json`,
    'VTL',
    (d) =>
      Object.assign(d.paths?.['/pets']?.options?.[INTEGRATION]?.requestTemplates ?? {}, {
        'application/json': '#set($a = 1) {"statusCode": 204}',
      }),
  ],
  [
    'OpenAPI 2.0',
    '/swagger',
    'convert',
    (d) => {
      delete d.openapi;
      Object.assign(d, { swagger: '2.0' });
    },
  ],
  [
    'IAM at the root',
    `${AT}/security`,
    'awsSigv4',
    (d) => {
      secure(d, custom('awsSigv4'));
      delete get(d).security;
      Object.assign(d, { security: [{ other: [] }] });
    },
  ],
  ['OpenAPI 3.1', '/openapi', 'write 3.0.1', (d) => Object.assign(d, { openapi: '3.1.0' })],
  [
    'a function of a template',
    `${AT}/${INTEGRATION}/uri`,
    'Fn::Sub',
    (d) => integrate(d, { uri: { 'Fn::Sub': 'arn' } }),
  ],
  [
    'an unknown validator',
    `${AT}/x-amazon-apigateway-request-validator`,
    'does not exist',
    (d) => Object.assign(get(d), { 'x-amazon-apigateway-request-validator': 'none' }),
  ],
  [
    'a stage variable that is not set',
    `${AT}/${INTEGRATION}/uri`,
    'stage variable fn',
    (d) => integrate(d, { uri: toFunctionUri('${stageVariables.fn}') }),
  ],
];

describe('a gateway', () => {
  it('serves a sound document', () => {
    expect(refuse(toSoundDocument())).toEqual([]);
  });

  it.each(UNSIMULATED)('refuses %s at start', (_, place, says, mutate) => {
    const document = toSoundDocument();
    mutate(document);

    const reasons = refuse(document);

    expect(reasons).toContainEqual({ place, message: expect.stringContaining(says) });
  });

  it('names each function that it was not given', () => {
    expect(refuse(toSoundDocument(), { functions: { dogs: async () => ({}) } })).toEqual(
      [AT, '/paths/~1pets/post'].map((place) => ({
        place: `${place}/${INTEGRATION}/uri`,
        message: 'calls the function pets, which was not given: give it by its name',
      })),
    );
  });

  it.each(['uri', 'type', 'httpMethod', 'credentials', 'timeoutInMillis', 'responseTransferMode'])(
    'says once that a template is left in %s',
    (member) => {
      for (const left of [{ Ref: 'A' }, { 'Fn::If': ['a', 'b', 'c'] }]) {
        const document = toSoundDocument();
        integrate(document, { [member]: left });

        expect(refuse(document)).toEqual([
          {
            place: `${AT}/${INTEGRATION}/${member}`,
            message: `has ${Object.keys(left)[0]}: resolve the template before the import (fact 86)`,
          },
        ]);
      }
    },
  );

  it.each<[string, (document: Loose, odd: object) => unknown]>([
    ['swagger', (d, odd) => Object.assign(d, { swagger: odd })],
    ['a key of a policy', (d, odd) => Object.assign(d, { 'x-amazon-apigateway-policy': odd })],
    ['payloadFormatVersion', (d, odd) => integrate(d, { payloadFormatVersion: odd })],
    ['auth', (d, odd) => Object.assign(get(d), { 'x-amazon-apigateway-auth': { type: odd } })],
    ['type', (d, odd) => Object.assign(d.components?.schemas?.Pet ?? {}, { type: odd })],
    ['the key source', (d, odd) => Object.assign(d, { 'x-amazon-apigateway-api-key-source': odd })],
  ])('does not fail for an object that is no text, in %s', (_, mutate) => {
    for (const odd of [{ toString: 'x', valueOf: 1 }, { toJSON: 1 }, [{ toString: null }]]) {
      const document = toSoundDocument();
      mutate(document, odd);

      expect(() => refuse(document)).not.toThrow();
      expect(() => lintImportDocument(document)).not.toThrow();
    }
  });

  it('says one thing of one place', () => {
    for (const change of [
      { type: 'http_proxy', uri: 'ftp://example.org' },
      { type: 'http_proxy', uri: 'https://${host}/' },
      { uri: '<%= arn %>' },
    ]) {
      const document = toSoundDocument();
      integrate(document, change);

      expect(refuse(document).map(({ place }) => place)).toEqual([`${AT}/${INTEGRATION}/uri`]);
    }
    const document = toSoundDocument();
    Object.assign(get(document), { parameters: [{ $ref: 'other.yaml#/Q' }] });

    expect(refuse(document).map(({ place }) => place)).toEqual([`${AT}/parameters/0/$ref`]);
  });

  it('says all of it at once, a line for each', () => {
    const document = toSoundDocument();
    for (const [, , , mutate] of UNSIMULATED) mutate(document);
    const reasons = refuse(document);

    expect(reasons.length).toBeGreaterThan(8);
    expect(new DocumentRefused(reasons).message.split('\n')).toHaveLength(reasons.length + 1);
  });

  it('takes authorizers and IAM where their context is given', () => {
    const document = toSoundDocument();
    secure(document, custom('custom'));
    Object.assign(get(document), { 'x-amazon-apigateway-auth': { type: 'AWS_IAM' } });

    expect(refuse(document, { authorizer: { principalId: 'me' } })).toEqual([]);
  });

  it('tells what AWS would weaken, and serves it as AWS does', () => {
    const lines: string[] = [];
    const document = toSoundDocument();
    Object.assign(document.components?.schemas?.Pet?.properties?.name ?? {}, { nullable: true });

    expect(refuse(document, { warn: (line) => lines.push(line) })).toEqual([]);
    expect(lines).toEqual([expect.stringContaining('/components/schemas/Pet/properties/name')]);
  });

  it('serves what AWS itself writes for a greedy proxy, and says that nothing is cached', () => {
    const lines: string[] = [];
    const document = toSoundDocument();
    Object.assign(document.paths ?? {}, {
      '/{proxy+}': {
        'x-amazon-apigateway-any-method': {
          parameters: [{ name: 'proxy', in: 'path', required: true, schema: { type: 'string' } }],
          responses: {},
          [INTEGRATION]: {
            uri: toFunctionUri('f'),
            responses: { default: { statusCode: '200' } },
            passthroughBehavior: 'when_no_match',
            httpMethod: 'POST',
            cacheNamespace: 'roq9wj',
            cacheKeyParameters: ['method.request.path.proxy'],
            payloadFormatVersion: '1.0',
            timeoutInMillis: '29000',
            type: 'aws_proxy',
          },
        },
      },
    });

    // Its own paths have other variables there.
    delete document.paths?.['/other/{rest+}'];
    expect(refuse(document, { warn: (line) => lines.push(line) })).toEqual([]);
    expect(lines).toEqual([expect.stringContaining('cacheKeyParameters is for a stage')]);
  });

  it.each([undefined, null, 5, 'x', [], {}])('refuses %j as a document', (document) => {
    expect(refuse(document)).not.toEqual([]);
  });
});

import { once } from 'node:events';
import { request as httpRequest } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { APIGatewayProxyEvent } from 'aws-lambda';
import { afterEach } from 'vitest';
import type { ImportDocument } from '../../gateway/import-document.ts';
import type { Invoke, InvokeStream } from '../../gateway/local/function/lambda-function.ts';
import { createGateway } from '../../gateway/local/gateway.ts';
import type { GatewaySettings } from '../../gateway/local/gateway-settings.ts';
import type { ClientLimits } from '../../gateway/local/http-server.ts';
import { createHttpServer } from '../../gateway/local/http-server.ts';
import type { Contract } from '../../openapi/contract.ts';
import { LOCAL_FUNCTIONS } from '../../openapi/import/local-functions.ts';
import { toImportDocument } from '../../openapi/import/to-import-document.ts';

export const API_KEY = 'a-key-of-the-tests-0123456789';

const operation = (operationId: string, more: object = {}) => ({
  operationId,
  security: [{ apiKey: [] }],
  responses: { '200': { description: 'fine' } },
  ...more,
});

/** A small API of every kind of operation that a gateway tells apart. */
export const contract = {
  openapi: '3.0.3',
  info: { title: 'Fixture', version: '1.0.0' },
  'x-cors': { allowHeaders: ['Content-Type', 'X-Api-Key'], exposeHeaders: ['Link'] },
  paths: {
    '/things': {
      get: operation('listThings', {
        parameters: [
          { name: 'kind', in: 'query', required: true, schema: { type: 'string' } },
          { name: 'x-tenant', in: 'header', required: true, schema: { type: 'string' } },
        ],
      }),
      post: operation('addThing', {
        requestBody: {
          required: true,
          content: { 'application/json': { schema: { $ref: '#/components/schemas/Thing' } } },
        },
      }),
    },
    '/things/{id}': { get: operation('getThing') },
    '/stream': { get: operation('streamThings', { 'x-stream': 'live' }) },
    '/open': { get: operation('getOpen', { security: [] }) },
  },
  components: {
    securitySchemes: { apiKey: { type: 'apiKey', in: 'header', name: 'x-api-key' } },
    schemas: { Thing: { type: 'object' } },
  },
} as unknown as Contract;

const THING = {
  type: 'object',
  required: ['size'],
  properties: {
    size: { type: 'number', minimum: 0 },
    note: { anyOf: [{ type: 'string' }, { type: 'null' }] },
  },
};

/** The document, in which API Gateway checks what ours leaves to the router: a whole model, and required parameters. */
export const toDocument = (): ImportDocument => {
  const document = structuredClone(toImportDocument(contract, LOCAL_FUNCTIONS));
  document.components.schemas.Thing = structuredClone(THING);
  for (const parameter of document.paths['/things']?.get?.parameters ?? []) {
    parameter.required = true;
  }
  return document;
};

/** The document without the problems and the any-method, as AWS would serve it by its own defaults. */
export const toPlainDocument = (): ImportDocument => {
  const document = structuredClone(toDocument());
  document['x-amazon-apigateway-gateway-responses'] = {};
  for (const item of Object.values(document.paths)) delete item['x-amazon-apigateway-any-method'];
  return document;
};

export type Reply = {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  body: string;
};

type Sent = {
  method?: string;
  headers?: Record<string, string | string[]>;
  body?: string | Buffer;
};

const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

/** Serves a gateway before a function, and sends to it exactly what it is told (fetch would tidy up). */
export const serve = async (
  { document = toDocument(), ...settings }: Partial<GatewaySettings> & { document?: unknown } = {},
  invoke: Invoke = answerEmpty,
  limits?: ClientLimits,
  invokeStream?: InvokeStream,
) => {
  const events: APIGatewayProxyEvent[] = [];
  const record: Invoke = (event, context) => {
    events.push(event);
    return invoke(event, context);
  };
  const listener = createGateway(document, {
    functions: (event, context) =>
      invokeStream && context.uri.endsWith('/response-streaming-invocations')
        ? invokeStream(event, context)
        : record(event, context),
    stage: { name: 'test' },
    plan: { keys: [API_KEY] },
    ...settings,
  });
  const server = createHttpServer(listener, limits).listen(0, '127.0.0.1');
  await once(server, 'listening');
  stops.push(async () => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  const send = (path: string, { method = 'GET', headers = {}, body }: Sent = {}) =>
    new Promise<Reply>((resolve, reject) => {
      const sent = httpRequest({
        port,
        path,
        method,
        headers: { 'X-Api-Key': API_KEY, ...headers },
      });
      sent.on('error', reject).on('response', async (response) => {
        const chunks: Buffer[] = [];
        for await (const chunk of response) chunks.push(chunk);
        const { statusCode: status = 0, headers: received } = response;
        resolve({ status, headers: received, body: Buffer.concat(chunks).toString('latin1') });
      });
      sent.end(body);
    });
  return { send, events, port, server };
};

export const answerEmpty: Invoke = async () => ({ statusCode: 200, body: '{}' });

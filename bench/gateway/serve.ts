import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { toFunctionUri } from '../../gateway/function-uri.ts';
import { createGateway } from '../../gateway/local/gateway.ts';
import { createHttpServer } from '../../gateway/local/http-server.ts';

// Serves a constant until it is killed, with or without the gateway, and sends its URL to the parent process.
const BODY = JSON.stringify({ hello: 'world' });
const TYPE = { 'Content-Type': 'application/json' };

const document = {
  openapi: '3.0.1',
  info: { title: 'hello', version: '1' },
  paths: {
    '/hello': {
      get: {
        responses: {},
        'x-amazon-apigateway-integration': {
          type: 'aws_proxy',
          httpMethod: 'POST',
          uri: toFunctionUri('hello'),
        },
      },
    },
  },
};

const server =
  process.argv[2] === 'ours'
    ? createHttpServer(
        createGateway(document, {
          functions: async () => ({ statusCode: 200, headers: TYPE, body: BODY }),
          stage: { name: 'dev' },
        }),
      )
    : createServer((_, response) => response.writeHead(200, TYPE).end(BODY));
server.listen(0, '127.0.0.1', () => {
  process.send?.(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
});

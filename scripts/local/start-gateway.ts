import { createEndpointInvoke } from '../../gateway/local/function/endpoint-invoke.ts';
import { createEndpointInvokeStream } from '../../gateway/local/function/endpoint-invoke-stream.ts';
import { createGateway } from '../../gateway/local/gateway.ts';
import { createHttpServer } from '../../gateway/local/http-server.ts';
import { contract } from '../../openapi/contract.ts';
import { LOCAL_FUNCTIONS } from '../../openapi/import/local-functions.ts';
import { toImportDocument } from '../../openapi/import/to-import-document.ts';

// Starts only the local gateway, in front of functions that run elsewhere: see compose.yaml.
const { LAMBDA_ENDPOINT, STREAM_ENDPOINT, API_KEY, PORT } = process.env;
if (!LAMBDA_ENDPOINT)
  throw new Error('LAMBDA_ENDPOINT is not set: it is the address of the router function');
if (!API_KEY) throw new Error('API_KEY is not set: it is the key that clients send');

const stream = STREAM_ENDPOINT ? createEndpointInvokeStream(STREAM_ENDPOINT) : noStreams;
const gateway = createGateway(toImportDocument(contract, LOCAL_FUNCTIONS), {
  functions: { router: createEndpointInvoke(LAMBDA_ENDPOINT), export: stream, live: stream },
  stage: { name: 'local' },
  plan: { keys: [API_KEY] },
  bodies: 'declared',
});
const server = createHttpServer(gateway);
const port = Number(PORT || '8080');
server.listen(port, '0.0.0.0', () => {
  console.log(`The API is at http://localhost:${port}; its key is ${API_KEY}`);
});
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(0));

function noStreams(): never {
  throw new Error('STREAM_ENDPOINT is not set: it is the address of the functions that stream');
}

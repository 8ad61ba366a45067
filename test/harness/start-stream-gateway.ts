import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { InvokeStream } from '../../gateway/local/function/lambda-function.ts';
import { createGateway } from '../../gateway/local/gateway.ts';
import { contract } from '../../openapi/contract.ts';
import { LOCAL_FUNCTIONS } from '../../openapi/import/local-functions.ts';
import { toImportDocument } from '../../openapi/import/to-import-document.ts';

/** A gateway of the contract whose functions all are one that streams. */
export const startStreamGateway = async (stream: InvokeStream, key: string) => {
  const document = toImportDocument(contract, LOCAL_FUNCTIONS);
  const settings = { functions: stream, stage: { name: 'local' }, plan: { keys: [key] } };
  const server = createServer(createGateway(document, settings));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, close: () => server.close() };
};

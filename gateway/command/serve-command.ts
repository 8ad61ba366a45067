import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createEndpointInvoke } from '../local/function/endpoint-invoke.ts';
import type { LambdaFunction } from '../local/function/lambda-function.ts';
import { createGateway } from '../local/gateway.ts';
import type { GatewaySettings } from '../local/gateway-settings.ts';
import { createHttpServer } from '../local/http-server.ts';
import { CommandError } from './command-error.ts';
import { loadDocument } from './load-document.ts';
import { loadFunction } from './load-function.ts';
import type { Arguments } from './read-arguments.ts';

/** Serves a document until the process ends. */
export const serveCommand = async (line: Arguments): Promise<void> => {
  const { host, port, settings, document } = line;
  const gateway = createGateway(await loadDocument(document), {
    ...settings,
    functions: await loadFunctions(line),
    warn: (warning) => console.error(`AWS would weaken: ${warning}`),
  });
  const server = createHttpServer(gateway).listen(port, host);
  try {
    await once(server, 'listening');
  } catch (error) {
    throw new CommandError(`${host}:${port} cannot be used: ${(error as Error).message}`);
  }
  const { name, isInUrl, basePath } = settings.stage;
  const path = [basePath?.replace(/^\/+|\/+$/g, ''), isInUrl ? name : undefined]
    .filter(Boolean)
    .join('/');
  const { port: actual } = server.address() as AddressInfo;
  console.log(`${document} is at http://${host}:${actual}/${path}`);
};

async function loadFunctions({
  functions,
  endpoints,
}: Arguments): Promise<NonNullable<GatewaySettings['functions']>> {
  const named = new Map<string, LambdaFunction>();
  let fallback: LambdaFunction | undefined;
  const add = (name: string | undefined, run: LambdaFunction): void => {
    if (name !== undefined) named.set(name, run);
    else if (fallback) throw new CommandError('Two functions have no name: write NAME=…');
    else fallback = run;
  };
  for (const { name, source } of functions)
    add(name, await loadFunction(name ?? 'function', source));
  for (const { name, source } of endpoints) add(name, createEndpointInvoke(source));
  if (!fallback) return Object.fromEntries(named);
  if (named.size > 0) throw new CommandError('Either one function without a name, or all with one');
  return fallback;
}

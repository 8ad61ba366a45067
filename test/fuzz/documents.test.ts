import { once } from 'node:events';
import type { RequestListener } from 'node:http';
import { createServer, request as httpRequest } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { lintImportDocument } from '../../gateway/lint/lint-import-document.ts';
import { createGateway } from '../../gateway/local/gateway.ts';
import { DocumentRefused } from '../../gateway/local/start/document-refused.ts';
import { toDocument } from '../gateway/fixture.ts';
import { PUBLIC_DOCUMENTS } from '../gateway/public/public-documents.ts';
import { toSoundDocument } from '../gateway/sound-document.ts';
import { expectErrors } from '../harness/expect-errors.ts';
import { mutatedDocument } from './documents/mutated-document.ts';
import { FUZZ, fuzz } from './fuzz.ts';

const documents = mutatedDocument([
  toDocument(),
  toSoundDocument(),
  ...PUBLIC_DOCUMENTS.flatMap((document) => [
    document.toDocument(false),
    document.toDocument(true),
  ]),
]);

describe('the linter of the import document', () => {
  it('finds faults in any document, and never fails', FUZZ, async () => {
    await fuzz(documents, [], async (document) => {
      for (const { place, message, fact } of lintImportDocument(document)) {
        expect(place).toMatch(/^(\/|$)/);
        expect(message).toBeTruthy();
        expect(fact).toBeGreaterThan(0);
      }
    });
  });
});

describe('the local gateway', () => {
  it('serves any document or refuses it, and never fails', FUZZ, async () => {
    const reasons = new Set<string>();
    const log = expectErrors();
    await fuzz(documents, [], async (document) => {
      const listener = open(document, reasons);
      if (listener) await request(listener);
    });

    expect(reasons.size).toBeGreaterThan(10);
    // A model that cannot be used (fact 23), but no bug of the gateway's.
    const bugs = log.mock.calls.filter(
      ([, error]) => error instanceof TypeError || error instanceof RangeError,
    );
    expect(bugs).toEqual([]);
  });
});

function open(document: unknown, reasons: Set<string>): RequestListener | undefined {
  try {
    return createGateway(document, {
      functions: async () => ({ statusCode: 200 }),
      stage: { name: 'test', variables: { alias: 'live' } },
      allowedOrigins: ['https://example.org'],
    });
  } catch (error) {
    if (!(error instanceof DocumentRefused)) throw error;
    for (const { place, message } of error.reasons) {
      expect(place).toMatch(/^(\/|$)/);
      reasons.add(message);
    }
    return undefined;
  }
}

/** Whatever the document says, a request that reaches no other server gets a reply. */
async function request(listener: RequestListener): Promise<void> {
  const server = createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  for (const [method, path] of REQUESTS) {
    const sent = httpRequest({ port, method, path, agent: false }).end();
    const [{ statusCode }] = await once(sent, 'response');
    expect(statusCode).toBeGreaterThanOrEqual(200);
    sent.destroy();
  }
  server.closeAllConnections();
  server.close();
}

const REQUESTS = [
  ['GET', '/things?kind=a'],
  ['POST', '/things'],
  ['OPTIONS', '/things'],
  ['GET', '/pets/1'],
  ['OPTIONS', '/pets'],
  ['GET', '/nope'],
] as const;

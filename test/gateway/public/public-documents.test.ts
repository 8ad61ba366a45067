import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { toFunctionName } from '../../../gateway/function-uri.ts';
import type { Invoke } from '../../../gateway/local/function/lambda-function.ts';
import { createGateway } from '../../../gateway/local/gateway.ts';
import { DocumentRefused } from '../../../gateway/local/start/document-refused.ts';
import { serve } from '../fixture.ts';
import { PUBLIC_DOCUMENTS } from './public-documents.ts';

const cases = PUBLIC_DOCUMENTS.map(
  (document) => [`${document.repository} ${document.path}`, document] as const,
);

/** The lines by which a document is refused; none if it is served. */
function refuse(document: object): string[] {
  try {
    createGateway(document, { functions: async () => ({}), stage: { name: 'test' } });
    return [];
  } catch (error) {
    if (error instanceof DocumentRefused) return error.message.split('\n').slice(1);
    throw error;
  }
}

/** Cuts each line to what is expected of it, wherever that is expected. */
const cut = (lines: string[], expected: string[]): string[] =>
  lines.map((line) => expected.find((start) => line.startsWith(start)) ?? line).sort();

describe('a public document', () => {
  it('is one of ten or more, each of a commit', () => {
    expect(PUBLIC_DOCUMENTS.length).toBeGreaterThanOrEqual(10);
    for (const { commit } of PUBLIC_DOCUMENTS) expect(commit).toMatch(/^[0-9a-f]{40}$/);
  });

  it.each(cases)('is refused with a line for each reason: %s', (_, { refusedFor, toDocument }) => {
    const { asItIs = [], resolved } = refusedFor;

    expect(cut(refuse(toDocument(false)), asItIs)).toEqual(asItIs.toSorted());
    if (resolved) expect(cut(refuse(toDocument(true)), resolved)).toEqual(resolved.toSorted());
  });

  it.each(cases.filter(([, { replies }]) => replies.length > 0))(
    'is served as AWS would: %s',
    async (_, { replies, toDocument }) => {
      const backend = createServer((request, response) => response.end(request.url));
      await once(backend.listen(0, '127.0.0.1'), 'listening');
      const origin = `http://127.0.0.1:${(backend.address() as AddressInfo).port}`;
      const document = JSON.parse(
        JSON.stringify(toDocument(true)).replaceAll('http://back.example', origin),
      );
      const nameItself: Invoke = async (_event, { uri }) => ({ body: toFunctionName(uri) });
      const { send } = await serve(
        { document, allowedOrigins: [origin], authorizer: { principalId: 'me' } },
        nameItself,
        undefined,
        () => Readable.from([Buffer.from(`{}${'\0'.repeat(8)}streamed`)]),
      );

      const got = [];
      for (const [method, path] of replies) {
        const { status, body } = await send(path, { method });
        got.push([method, path, status, body]);
      }
      backend.close();

      expect(got).toEqual(
        replies.map(([method, path, status, body = expect.anything()]) => [
          method,
          path,
          status,
          body,
        ]),
      );
    },
  );
});

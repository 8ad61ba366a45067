import { randomUUID } from 'node:crypto';
import type { Context, Document, Handler } from 'openapi-backend';
import { OpenAPIBackend } from 'openapi-backend';
import { beforeAll, describe, expect, it } from 'vitest';
import contract from '../../generated/openapi.json' with { type: 'json' };
import type { CorpusRequest } from '../../openapi/corpus.ts';
import { createCorpus } from '../../openapi/corpus.ts';
import { addFormats } from '../../scripts/generate/formats.ts';
import { withoutItems } from '../../scripts/generate/without-items.ts';
import { handlers } from '../../src/handlers/index.ts';
import { createBackend } from '../../src/router/backend.ts';
import { toInvalidFields } from '../../src/router/invalid-fields.ts';

/** What openapi-backend made of a request: where it went, and with what. */
const toAnswer = ({ operation, request, validation }: Context, to: string) => ({
  to,
  operation: operation?.operationId,
  query: request.query,
  path: request.params,
  body: request.requestBody,
  errors: validation?.errors && toInvalidFields(validation.errors),
});

const answering =
  (to: string): Handler =>
  (context: Context) =>
    toAnswer(context, to);
const isAuthorized: Handler = ({ request }: Context) => request.headers['x-api-key'] !== '';
const answers: Record<string, Handler> = {
  ...Object.fromEntries(Object.keys(handlers).map((id) => [id, answering(id)])),
  notFound: answering('notFound'),
  methodNotAllowed: answering('methodNotAllowed'),
  unauthorizedHandler: answering('unauthorizedHandler'),
  validationFail: answering('validationFail'),
};

/** As its README has it: reads, validates and dereferences the contract, and compiles what it says. */
const ordinary = new OpenAPIBackend({
  definition: withoutItems(contract) as Document,
  strict: true,
  coerceTypes: true,
  ajvOpts: { allErrors: true, verbose: true },
  customizeAjv: addFormats,
  securityHandlers: { apiKey: isAuthorized },
  handlers: answers,
});
const aheadOfTime = createBackend(answers, isAuthorized);

beforeAll(() => ordinary.init());

const ask = (api: OpenAPIBackend, { method, path, query, headers, body }: CorpusRequest) =>
  api.handleRequest({ method, path, query, headers: toLowerCase(headers), body: parse(body) });

/** As the router hands headers on. */
const toLowerCase = (headers: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));

/** As the router hands bodies on; text stands for what is no object. */
function parse(body: string | null): unknown {
  try {
    const value: unknown = JSON.parse(body ?? '');
    return typeof value === 'object' && value !== null ? value : body;
  } catch {
    return body ?? undefined;
  }
}

describe('openapi-backend with validators that were made ahead of time', () => {
  it('makes of each request of the corpus what it makes of it ordinarily', async () => {
    const reached = new Set<string>();
    for (const request of createCorpus(randomUUID)) {
      const answer = await ask(aheadOfTime, request);
      reached.add(answer.to);
      expect([request.title, answer]).toEqual([request.title, await ask(ordinary, request)]);
    }

    expect(reached).toEqual(new Set(Object.keys(answers)));
  }, 60_000);
});

import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ask } from '../../../scripts/gateway/conformance/ask.ts';
import { BEHAVIOURS, judge } from '../../../scripts/gateway/conformance/behaviours.ts';
import { serveBackend, serveOwn } from '../../../scripts/gateway/conformance/serve-own.ts';
import type { Served } from '../../../scripts/gateway/conformance/start-serverless-offline.ts';
import { expectErrors } from '../../harness/expect-errors.ts';

const README = readFileSync('gateway/README.md', 'utf8');
let backend: Served;
let own: Served;
beforeAll(async () => {
  backend = await serveBackend();
  own = await serveOwn(backend.url);
});
afterAll(async () => {
  await own.stop();
  await backend.stop();
});

describe("the table of the gateway's README", () => {
  it.each(BEHAVIOURS)('tells the truth of the gateway: $title', async (behaviour) => {
    const log = expectErrors();

    const verdict = await judge((path, asked) => ask(own.url, path, asked), behaviour);

    expect(verdict).toBe('yes');
    expect(README).toMatch(
      new RegExp(`^\\| ${toPattern(behaviour.title)} +\\| ${verdict} +\\|`, 'm'),
    );
    for (const [, error] of log.mock.calls) expect(String(error)).toContain('secret');
  });
});

const toPattern = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

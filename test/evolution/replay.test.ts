import { existsSync, readFileSync } from 'node:fs';
import { major } from 'semver';
import { describe, expect, it } from 'vitest';
import contract from '../../generated/openapi.json' with { type: 'json' };
import { listReleases } from '../../scripts/compare/list-releases.ts';
import { createClient } from '../../scripts/release/client.ts';
import { fromLines } from '../../scripts/release/exchange.ts';
import { findIncompatibilities } from '../../scripts/release/find-incompatibilities.ts';
import { API_KEY, useLocalService } from '../harness/local-service.ts';

const releases = listReleases().filter(
  ({ version }) => major(version) === major(contract.info.version),
);
const service = useLocalService();

describe('a client of release', () => {
  it.each(releases)(
    '$version is answered as it was then',
    { tags: 'long', timeout: 120_000 },
    async ({ exchanges: file, version }) => {
      const ask = createClient(service.url(), API_KEY, version);
      const exchanges = fromLines(readFileSync(file, 'utf8'));
      const faults: string[] = [];
      for (const { scenario, title, request, reply } of exchanges) {
        const found = findIncompatibilities(reply, await ask(request));
        faults.push(...found.map((fault) => `${scenario}, ${title}: ${fault}`));
      }

      expect(exchanges.length).toBeGreaterThan(250);
      expect(faults).toEqual([]);
    },
  );
});

it('each release has its contract and its exchanges', () => {
  for (const { contract: path, exchanges } of listReleases()) {
    expect([path, exchanges].filter((file) => !existsSync(file))).toEqual([]);
  }
});

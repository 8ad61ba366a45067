import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { fromLines } from '../../scripts/release/exchange.ts';
import { useClone } from './clone.ts';
import type { Edit } from './edit.ts';
import { toEdited } from './edit.ts';
import { hasGo } from './has-go.ts';

const CONTRACT = 'openapi/openapi.yaml';
const BUNDLE = 'generated/openapi.json';
const clone = useClone();

const git = (...args: string[]): string =>
  spawnSync('git', args, { cwd: clone.directory, encoding: 'utf8' }).stdout.trim();
const release = (...args: string[]) => clone.run('release', ...args);
const at = (path: string): string => join(clone.directory, path);

function commit(): void {
  git('add', '--all');
  git('commit', '--message', 'feat: something');
}

/** Edits the generated contract, which is faster than generating it. */
function change(edit: Edit): void {
  clone.edit(BUNDLE, () => JSON.stringify(toEdited(edit)));
  commit();
}

describe.skipIf(!hasGo)('npm run release', { tags: 'long' }, () => {
  beforeAll(() => {
    git('init');
    git('config', 'user.name', 'nobody');
    git('config', 'user.email', 'nobody@example.org');
    writeFileSync(at('.git/info/exclude'), 'node_modules\n');
    // The whole check takes a minute.
    clone.edit('package.json', (text) => text.replace('tsx scripts/check.ts', 'true'));
    commit();
  });

  it.each([
    ['no level', [], 'Say what to release'],
    ['a level of its own', ['huge'], 'Say what to release'],
    ['a major without notes for those whom it breaks', ['major'], '--notes'],
  ])('refuses %s', (_, args, says) => {
    expect(release(...args)).toMatchObject({ status: 2, stderr: expect.stringContaining(says) });
  });

  it('refuses a tree that is not clean', () => {
    writeFileSync(at('new'), '');

    expect(release('minor').stderr).toContain('the working tree is not clean');
    rmSync(at('new'));
  });

  it('refuses what is new as a patch', () => {
    change(({ components }) => {
      components.schemas.EventBatch['x-max-bytes'] += 1;
    });

    expect(release('patch').stderr).toContain('this is a minor');
  });

  it('refuses what breaks clients as a minor', () => {
    change(({ paths }) => {
      paths['/events'].get.operationId = 'readEvents';
    });

    expect(release('minor').stderr).toContain(
      'this is no minor, since it breaks clients: GET /events',
    );
  });

  it('leaves everything as it was where a step fails', { tags: 'long' }, () => {
    change(() => undefined);
    clone.edit(CONTRACT, (text) => text.replace('title: IoT', 'titel: IoT'));
    commit();

    expect(release('patch').stderr).toContain('nothing was released');
    expect(git('status', '--porcelain')).toBe('');
    expect(existsSync(at('openapi/released/1.0.1'))).toBe(false);
    clone.edit(CONTRACT, (text) => text.replace('titel: IoT', 'title: IoT'));
  });

  it('writes the contract, its exchanges, the version and what changed', { tags: 'long' }, () => {
    const parameter =
      '        - { name: unit, in: query, description: Of what., schema: { type: string } }\n';
    clone.edit(CONTRACT, (text) =>
      text.replace(/(operationId: listLatestEvents[\s\S]*?parameters:\n)/, `$1${parameter}`),
    );
    // The release itself generates the rest.
    change(({ paths }) => {
      const schema = { type: 'string' };
      paths['/events/latest'].get.parameters.unshift({
        name: 'unit',
        in: 'query',
        description: 'Of what.',
        schema,
      });
    });

    expect(release('minor', '--notes', 'Units.', '--commit')).toMatchObject({ status: 0 });

    const folder = 'openapi/released/1.1.0';
    expect(git('status', '--porcelain')).toBe('');
    expect(git('tag', '--points-at', 'HEAD')).toBe('v1.1.0');
    expect(clone.read(`${folder}/openapi.json`)).toBe(clone.read(BUNDLE));
    expect(fromLines(clone.read(`${folder}/exchanges.jsonl`)).length).toBeGreaterThan(250);
    expect(clone.read(CONTRACT)).toContain('\n  version: 1.1.0\n');
    for (const path of ['package.json', 'package-lock.json', BUNDLE]) {
      expect(clone.read(path)).toContain('"version": "1.1.0"');
    }
    expect(clone.read('CHANGELOG.md')).toMatch(
      /## \[1\.1\.0\] - [-\d]{10}\n\nUnits\.\n\n### Added\n\n- GET \/events\/latest: added the new optional `query` request parameter `unit`\n/,
    );
    expect(clone.read('CHANGELOG.md')).toContain('## [1.0.0]');
  });

  it('does not replace a release with a tag', { tags: 'long' }, () => {
    expect(release('--again').stderr).toContain('1.1.0 is tagged');
  });

  it('replaces the last release until then, and keeps its notes', { tags: 'long' }, () => {
    git('tag', '--delete', 'v1.1.0');
    rmSync(at('openapi/released/1.1.0/exchanges.jsonl'));
    commit();

    expect(release('--again')).toMatchObject({
      status: 0,
      stdout: expect.stringContaining('git tag --annotate v1.1.0'),
    });
    expect(readFileSync(at('openapi/released/1.1.0/exchanges.jsonl'), 'utf8')).not.toBe('');
    expect(clone.read('CHANGELOG.md').match(/Units\./g)).toHaveLength(1);
    expect(clone.read('CHANGELOG.md').match(/## \[1\.1\.0\]/g)).toHaveLength(1);
  });
});

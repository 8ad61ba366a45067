import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from '../tools/run.ts';
import type { StaleFunction, StaleStage } from './stale-part.ts';

/**
 * Does what Terraform believes it has done: publishes a version of each stale function, and imports each stale
 * API's contract again. The next apply, with the options returned, makes alias and stage follow.
 * @throws if AWS refuses, with its message
 */
export const mend = (parts: readonly (StaleFunction | StaleStage)[], region: string): string[] => {
  const names = parts.flatMap((part) => (part.kind === 'function' ? [part.name] : []));
  for (const name of new Set(names)) {
    run(
      'aws',
      'lambda',
      'publish-version',
      '--function-name',
      name,
      '--region',
      region,
      '--output',
      'json',
    );
  }
  return parts.flatMap((part) => {
    if (part.kind === 'function') return [];
    importContract(part, region);
    return [`-replace=${part.deployment}`];
  });
};

function importContract({ apiId, body }: StaleStage, region: string): void {
  const directory = mkdtempSync(join(tmpdir(), 'iot-events-import-'));
  const file = join(directory, 'document.json');
  try {
    writeFileSync(file, body);
    const of = ['--rest-api-id', apiId, '--mode', 'overwrite', '--fail-on-warnings'];
    run(
      'aws',
      'apigateway',
      'put-rest-api',
      ...of,
      '--body',
      `fileb://${file}`,
      '--region',
      region,
      '--output',
      'json',
    );
  } finally {
    rmSync(directory, { recursive: true });
  }
}

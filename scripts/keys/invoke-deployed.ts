import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { KeyReport } from '../../src/access/manage-keys.ts';

/**
 * Has the management function of a deployment run a command: by AWS's own command line, with whatever rights
 * its user has there.
 */
export const invokeDeployed = (
  environment: string,
  event: Record<string, unknown>,
): KeyReport[] => {
  const directory = mkdtempSync(join(tmpdir(), 'iot-events-keys-'));
  // For its owner alone: a key that was just made stands in it for a moment.
  const file = join(directory, 'reply.json');
  try {
    const { status, stdout, stderr, error } = spawnSync(
      'aws',
      [
        ...['lambda', 'invoke', '--function-name', `iot-events-${environment}-keys`],
        ...['--region', process.env.TF_VAR_region || 'eu-west-1'],
        ...['--cli-binary-format', 'raw-in-base64-out', '--payload', JSON.stringify(event), file],
      ],
      { encoding: 'utf8' },
    );
    if (error) throw new Error('the aws command is not installed, or not on the PATH');
    if (status !== 0) throw new Error(stderr.trim());
    const reply = JSON.parse(readFileSync(file, 'utf8'));
    if (/FunctionError/.test(stdout)) throw new Error(reply.errorMessage);
    return reply;
  } finally {
    rmSync(directory, { recursive: true });
  }
};

import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { KeyReport } from '../../src/access/manage-keys.ts';

/** Runs a command in a deployment's key management function, through the aws command and with its user's permissions. */
export const invokeDeployed = (
  environment: string,
  event: Record<string, unknown>,
): KeyReport[] => {
  const directory = mkdtempSync(join(tmpdir(), 'iot-events-keys-'));
  // In a folder that only its owner can read: the reply contains a new key.
  const file = join(directory, 'reply.json');
  try {
    const { status, stdout, stderr, error } = spawnSync(
      'aws',
      [
        'lambda',
        'invoke',
        '--function-name',
        `iot-events-${environment}-keys`,
        '--region',
        process.env.TF_VAR_region || 'eu-west-1',
        '--cli-binary-format',
        'raw-in-base64-out',
        '--payload',
        JSON.stringify(event),
        file,
      ],
      { encoding: 'utf8' },
    );
    if (error) throw new Error('The aws command is not installed, or not on the PATH');
    if (status !== 0) throw new Error(stderr.trim());
    const reply = JSON.parse(readFileSync(file, 'utf8'));
    if (/FunctionError/.test(stdout)) throw new Error(reply.errorMessage);
    return reply;
  } finally {
    rmSync(directory, { recursive: true });
  }
};

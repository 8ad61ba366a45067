import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execaSync } from 'execa';
import { environments } from '../../cdktf/environment/environments.ts';
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
    const name = ['--function-name', `iot-events-${environment}-keys`];
    const region = ['--region', toRegion(environment)];
    const payload = [
      '--cli-binary-format',
      'raw-in-base64-out',
      '--payload',
      JSON.stringify(event),
    ];
    const args = ['lambda', 'invoke', ...name, ...region, ...payload, file];
    const { failed, code, stdout, stderr } = execaSync('aws', args, { reject: false });
    if (code === 'ENOENT') throw new Error('the aws command is not installed, or not on the PATH');
    if (failed) throw new Error(toVersionFault() ?? stderr);
    const reply = JSON.parse(readFileSync(file, 'utf8'));
    if (/FunctionError/.test(stdout)) throw new Error(reply.errorMessage);
    return reply;
  } finally {
    rmSync(directory, { recursive: true });
  }
};

/** Version 1 of the aws command does not know an option, and answers with its whole usage. */
function toVersionFault(): string | undefined {
  const { stdout, stderr } = execaSync('aws', ['--version'], { reject: false });
  // Version 1 may print it as an error.
  const [, version] = /aws-cli\/(1\.[\d.]+)/.exec(`${stdout}${stderr}`) ?? [];
  return version && `the aws command is version ${version}: install version 2`;
}

function toRegion(environment: string): string {
  const found = environments.find(({ name }) => name === environment);
  if (!found) throw new Error(`No environment is named ${environment}`);
  return found.region;
}

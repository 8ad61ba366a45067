import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';

const PACKAGE = 'aws-lambda-ric';
const VERSION = '3.3.0';
const SHA512 =
  '9p06TbKVK4a050NY/vYOxhMHvnIiUu5o1W0//q6yNLSqA/c91pn4BOj3C3sRTpplkUNsGJdU5qWyU2STo6L8hA==';

/**
 * Returns the path of the entry of AWS's runtime client for Node, fetched from npm once. It is no dependency: npm would
 * build its native part at each install, with cmake and libcurl.
 * @see https://github.com/aws/aws-lambda-nodejs-runtime-interface-client
 */
export const fetchRuntimeClient = async (): Promise<string> => {
  const cache = join(import.meta.dirname, '../../../node_modules/.cache');
  const directory = join(cache, `${PACKAGE}-${VERSION}`);
  const entry = join(directory, 'package/dist/index.mjs');
  if (existsSync(entry)) return entry;
  mkdirSync(cache, { recursive: true });
  const temporary = mkdtempSync(join(cache, `${PACKAGE}-`));
  const cwd = { cwd: temporary };
  await execa('npm', ['pack', '--silent', `${PACKAGE}@${VERSION}`], cwd);
  const file = join(temporary, `${PACKAGE}-${VERSION}.tgz`);
  const hash = createHash('sha512').update(readFileSync(file)).digest('base64');
  if (hash !== SHA512) throw new Error(`${PACKAGE} ${VERSION} is not what was reviewed: ${hash}`);
  await execa('tar', ['xzf', file], cwd);
  // Two workers may fetch it at the same time.
  if (!existsSync(directory)) renameSync(temporary, directory);
  else rmSync(temporary, { recursive: true });
  return entry;
};

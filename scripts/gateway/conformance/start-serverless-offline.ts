import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { execa, execaSync } from 'execa';
import { findFreePort } from '../../shared/find-free-port.ts';

/** Serverless 4 wants a login, so the last version without one runs the plugin. */
export const VERSIONS = { 'serverless-offline': '14.8.0', serverless: '3.40.0' };

export type Served = { url: string; stop(): Promise<void> };

// Ten times what it takes on a quiet machine.
const START_MS = 100_000;

/**
 * Starts serverless-offline, from npm, in a folder of its own.
 * @param service the content of serverless.yml, without the plugin and its ports
 * @param handler the CommonJS module that it names `handler`
 */
export const startServerlessOffline = async (
  service: object,
  handler: string,
  options: { useInProcess?: boolean } = {},
): Promise<Served> => {
  const packages = getPackages();
  const directory = mkdtempSync(join(tmpdir(), 'serverless-offline-'));
  const [httpPort, lambdaPort] = [await findFreePort(), await findFreePort()];
  const custom = { 'serverless-offline': { httpPort, lambdaPort, ...SETTINGS, ...options } };
  const whole = {
    ...NO_RESOURCES,
    ...service,
    ...SERVICE,
    plugins: ['serverless-offline'],
    custom,
  };
  // JSON is YAML.
  writeFileSync(join(directory, 'serverless.yml'), JSON.stringify(whole));
  writeFileSync(join(directory, 'handler.js'), handler);
  symlinkSync(packages, join(directory, 'node_modules'));
  const script = join(packages, 'serverless/bin/serverless.js');
  const child = execa(process.execPath, [script, 'offline'], {
    cwd: directory,
    stdio: 'ignore',
    reject: false,
    env: { SLS_TELEMETRY_DISABLED: '1', SLS_NOTIFICATIONS_MODE: 'off' },
  });
  const url = `http://127.0.0.1:${httpPort}`;
  const stop = async (): Promise<void> => {
    child.kill();
    await child;
    rmSync(directory, { recursive: true, force: true });
  };
  for (const end = performance.now() + START_MS; performance.now() < end; await sleep(200)) {
    if (child.exitCode !== null) break;
    if (await fetch(url).then(Boolean, () => false)) return { url, stop };
  }
  await stop();
  throw new Error('serverless-offline did not start');
};

const SETTINGS = { host: '127.0.0.1', noPrependStageInUrl: true, resourceRoutes: true };
// Without these, its option resourceRoutes fails.
const NO_RESOURCES = { resources: { Resources: {} } };
const SERVICE = { service: 'peer', frameworkVersion: '3', configValidationMode: 'off' };

/** Gets the packages from npm, once; returns their folder. */
function getPackages(): string {
  const directory = resolve(
    `node_modules/.cache/serverless-offline-${VERSIONS['serverless-offline']}`,
  );
  const packages = join(directory, 'node_modules');
  if (existsSync(join(packages, 'serverless-offline'))) return packages;
  mkdirSync(directory, { recursive: true });
  const flags = ['--ignore-scripts', '--legacy-peer-deps', '--no-save', '--no-audit', '--no-fund'];
  const wanted = Object.entries(VERSIONS).map(([name, version]) => `${name}@${version}`);
  execaSync('npm', ['install', '--prefix', directory, ...flags, ...wanted], { stdio: 'inherit' });
  return packages;
}

import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { execa } from 'execa';

const PROGRAM = 'secantusd-rs';
const VERSION = '0.5.3-beta.193';

/**
 * The path of SecantusDB's server, a program of its own under GPL-2.0: nothing of it is linked or shipped. It is
 * built once for each version, unless SECANTUSD_BINARY names a built one.
 * @throws an error of one line if it cannot be built
 */
export const findEngine = async (report: (progress: string) => void): Promise<string> => {
  const named = process.env.SECANTUSD_BINARY;
  if (named) {
    const { stdout = '' } = await execa(named, ['--version'], { reject: false });
    if (stdout.split('\n')[0] === `${PROGRAM} ${VERSION}`) return named;
    throw new Error(`SECANTUSD_BINARY is ${named}: it must be the path of ${PROGRAM} ${VERSION}`);
  }
  const program = join(toCache(), 'bin', PROGRAM);
  if (!existsSync(program)) await build(report);
  return program;
};

// Not below node_modules, like other caches: `npm ci` deletes that, and building takes 12 minutes of one core.
const toCache = (): string =>
  join(
    process.env.XDG_CACHE_HOME || join(homedir(), '.cache'),
    'iot-events-api',
    `secantusdb-${VERSION}`,
  );

async function build(report: (progress: string) => void): Promise<void> {
  report('Building SecantusDB, once: this takes 12 minutes of one core');
  const cache = toCache();
  const fresh = `${cache}.${process.pid}`;
  mkdirSync(dirname(cache), { recursive: true });
  const crate = ['install', 'secantus-mdb', '--version', VERSION, '--locked'];
  // It builds with a compiler that is older than the crate says.
  const args = [...crate, '--ignore-rust-version', '--root', fresh];
  const result = await execa('cargo', args, { reject: false });
  if (result.failed) {
    rmSync(fresh, { recursive: true, force: true });
    throw new Error(
      `SecantusDB cannot be built (${toReason(result)}): install Rust, CMake and a C compiler, ` +
        `or set SECANTUSD_BINARY to the path of ${PROGRAM} ${VERSION}`,
    );
  }
  if (existsSync(cache)) rmSync(fresh, { recursive: true });
  else renameSync(fresh, cache);
}

/** The last error that cargo reports. */
function toReason({ code, stderr = '' }: { code?: string | undefined; stderr?: string }): string {
  if (code === 'ENOENT') return 'cargo is not installed';
  const errors = stderr.split('\n').filter((line) => line.startsWith('error'));
  return errors.at(-1) ?? 'cargo failed';
}

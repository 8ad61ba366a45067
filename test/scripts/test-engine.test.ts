import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';

const directory = mkdtempSync(join(tmpdir(), 'iot-events-engine-'));
const cache = join(directory, 'cache');
afterAll(() => rmSync(directory, { recursive: true }));

/** Writes a program of that name, in a directory of its own, whose path it returns. */
function writeProgram(name: string, script: string): string {
  const bin = mkdtempSync(join(directory, 'bin-'));
  writeFileSync(join(bin, name), `#!/bin/sh\n${script}\n`);
  chmodSync(join(bin, name), 0o755);
  return bin;
}

/** Runs the command without a built engine. */
function testEngine(env: Record<string, string>) {
  return spawnSync(process.execPath, ['--import', 'tsx', 'scripts/test-engine.ts'], {
    encoding: 'utf8',
    env: { XDG_CACHE_HOME: cache, PATH: '', ...env },
  });
}

describe('npm run test:engine', () => {
  it('fails with one line where there is no cargo', { tags: 'long' }, () => {
    const { status, stderr } = testEngine({});

    expect(status).toBe(1);
    expect(stderr).toBe(
      'SecantusDB cannot be built (cargo is not installed): install Rust, CMake and a C compiler, ' +
        'or set SECANTUSD_BINARY to the path of secantusd-rs 0.5.3-beta.193\n',
    );
  });

  it('fails with one line where cargo fails, and leaves nothing half-built', {
    tags: 'long',
  }, () => {
    const cargo = writeProgram(
      'cargo',
      "echo '  Compiling a' >&2; echo 'error: linker `cc` not found' >&2; exit 101",
    );

    const { status, stderr } = testEngine({ PATH: `${cargo}:/bin` });

    expect(status).toBe(1);
    expect(stderr).toMatch(/^SecantusDB cannot be built \(error: linker `cc` not found\): .*\n$/);
    expect(readdirSync(join(cache, 'iot-events-api'))).toEqual([]);
  });

  it.each([
    ['is nowhere', () => join(directory, 'nowhere')],
    ['has another version', () => join(writeProgram('other', 'echo secantusd-rs 0.6.0'), 'other')],
  ])('refuses a named program that %s, with one line', { tags: 'long' }, (_, name) => {
    const named = name();

    const { status, stderr } = testEngine({ SECANTUSD_BINARY: named });

    expect(status).toBe(1);
    expect(stderr).toBe(
      `SECANTUSD_BINARY is ${named}: it must be the path of secantusd-rs 0.5.3-beta.193\n`,
    );
  });

  it('installs the pinned version once', { tags: 'long' }, () => {
    const log = join(directory, 'cargo.log');
    const cargo = writeProgram(
      'cargo',
      // Makes a program that ends as one that cannot start.
      `echo "$@" >> ${log}
for root; do :; done
mkdir -p "$root/bin"
printf '#!/bin/sh\\necho broken\\n' > "$root/bin/secantusd-rs"
chmod +x "$root/bin/secantusd-rs"`,
    );
    mkdirSync(cache, { recursive: true });
    const env = { PATH: `${cargo}:${process.env.PATH}` };

    for (const { status, stderr } of [testEngine(env), testEngine(env)]) {
      expect(status).toBe(1);
      expect(stderr).toMatch(/secantusd-rs does not start: broken\n$/);
    }

    const calls = spawnSync('cat', [log], { encoding: 'utf8' }).stdout.trim().split('\n');
    expect(calls).toEqual([
      expect.stringMatching(/^install secantus-mdb --version 0\.5\.3-beta\.193 --locked /),
    ]);
  });
});

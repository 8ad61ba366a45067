import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';

export type House = {
  /** Power cuts so far: of this test, and those that the house made itself while it saved. */
  cuts(): number;
  /** Ends the power cuts; resolves with the exit code once the devices have sent everything. */
  drain(): Promise<number | null>;
  /** Ends it, whatever it has left to send. */
  end(): void;
};

/** Runs a program of devices, and cuts its power at random times. `start` are its arguments up to the boot's number. */
export const startHouse = (
  [program = '', ...start]: string[],
  devices: string[],
  apiKey: string,
  cutEveryMs: number,
): House => {
  let boots = 0;
  let isDraining = false;
  let hasEnded = false;
  const boot = () => {
    boots += 1;
    const child = spawn(program, [...start, String(boots), ...devices], {
      env: { ...process.env, API_KEY: apiKey },
      stdio: ['pipe', 'inherit', 'inherit'],
    });
    child.stdin.on('error', () => undefined);
    return child;
  };
  let child = boot();
  const run = async (): Promise<number | null> => {
    for (;;) {
      if (isDraining) child.stdin.write('drain\n');
      const [code, signal] = await once(child, 'exit');
      // A house may cut its power while it drains.
      if (signal !== 'SIGKILL' || hasEnded) return code;
      await sleep(100 + Math.random() * 400);
      if (hasEnded) return null;
      child = boot();
    }
  };
  const ended = run();
  const cuts = new AbortController();
  const cut = async (): Promise<void> => {
    for (;;) {
      await sleep(cutEveryMs * (0.3 + Math.random() * 1.4), undefined, { signal: cuts.signal });
      child.kill('SIGKILL');
    }
  };
  cut().catch(() => undefined);
  return {
    cuts: () => boots - 1,
    drain() {
      cuts.abort();
      isDraining = true;
      child.stdin.write('drain\n');
      return ended;
    },
    end() {
      cuts.abort();
      hasEnded = true;
      child.kill('SIGKILL');
    },
  };
};

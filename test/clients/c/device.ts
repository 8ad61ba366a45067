import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

/** The results of iot_events.h, in the same order. */
const RESULTS = [
  'ok',
  'bad config',
  'invalid device',
  'invalid type',
  'invalid id',
  'invalid date',
  'invalid value',
  'too large',
  'full',
  'empty',
  'waiting',
  'no answer',
  'try later',
  'refused',
  'bad reply',
  'partly failed',
  'offline',
  'bad image',
];

/** An event as the device's command `add` takes it; `date` in milliseconds since 1970. */
export type DeviceEvent = {
  deviceID: string;
  eventType: string;
  date?: number;
  id?: string;
  kind: 'string' | 'json' | 'number' | 'double' | 'integer' | 'bool' | 'null';
  value?: string | Buffer;
};

/** Starts a device that uses the C client: clients/c/test/device.c describes its commands. */
export const startDevice = (program: string, { port, key, boot = 1, env }: Settings) => {
  const child = spawn(program, [String(port), key, String(boot)], {
    env: { ...process.env, ...env },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  const told: string[] = [];
  const ask = async (command: string): Promise<string> => {
    child.stdin.write(`${command}\n`);
    for (;;) {
      const { value, done } = await lines.next();
      if (done) throw new Error(`The device ended: ${child.exitCode ?? child.signalCode}`);
      if (/^\d/.test(value)) return value;
      told.push(value);
    }
  };
  const flush = async () => RESULTS[Number(await ask('flush'))];
  return {
    /** The lines that its callbacks printed. */
    told,
    flush,
    add: async (event: DeviceEvent) => RESULTS[Number(await ask(toCommand(event)))],
    async state() {
      const [pending, created, duplicates, rejected, dropped, attempts, failures, waitMs, status] =
        (await ask('state')).split(' ').map(Number);
      return {
        pending,
        created,
        duplicates,
        rejected,
        dropped,
        attempts,
        failures,
        waitMs,
        status,
      };
    },
    /** Flushes like a main loop until nothing is queued. */
    async empty(): Promise<void> {
      while ((await flush()) !== 'empty') await new Promise((resolve) => setTimeout(resolve, 5));
    },
    async [Symbol.asyncDispose]() {
      const exit = once(child, 'exit');
      child.stdin.end();
      const [code] = await exit;
      // A sanitizer reports what it found, such as a leak, by the exit code.
      if (code !== 0) throw new Error(`The device ended with ${code}`);
    },
  };
};

type Settings = { port: number; key: string; boot?: number; env?: NodeJS.ProcessEnv };

function toCommand({ deviceID, eventType, date, id, kind, value = '' }: DeviceEvent) {
  const fields = [deviceID, toHex(eventType), date ?? '-', id === undefined ? '-' : toHex(id)];
  return ['add', ...fields, kind, toHex(value)].join(' ');
}

function toHex(text: string | Buffer): string {
  return Buffer.from(text).toString('hex');
}

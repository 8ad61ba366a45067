import { randomInt } from 'node:crypto';
import { accessSync, constants } from 'node:fs';
import { dirname } from 'node:path';
import { parseArgs } from 'node:util';
import { toServiceUrl } from './to-service-url.ts';
import { UsageError } from './usage-error.ts';

export type Options = {
  devices: number;
  /** Events a second of all devices together, on average. */
  rate: number;
  forMs: number;
  seed: string;
  apiKey: string;
  /** Undefined: a service is started for the run. */
  url: URL | undefined;
  /** So many times the rate for so long, in the middle of the run. */
  burst: { factor: number; forMs: number } | undefined;
  reportFile: string | undefined;
};

type Env = Record<string, string | undefined>;

/** @throws UsageError on anything that is not clear. Undefined where help is asked for. */
export const parseOptions = (args: string[], env: Env): Options | undefined => {
  const values = parse(args);
  if (values.help) return undefined;
  if (values.start && values.url) throw new UsageError('--start goes without --url');
  const forMs = toMilliseconds('--for', values.for);
  const burst = values.burst === undefined ? undefined : toBurst(values.burst, forMs);
  if (values.report !== undefined) ensureWritable(values.report);
  return {
    devices: toNumber('--devices', values.devices, { max: 10_000, whole: true }),
    rate: toNumber('--rate', values.rate, { max: 100_000 }),
    forMs,
    seed: values.seed ?? String(randomInt(2 ** 32)),
    apiKey: values.key ?? (env.API_KEY || 'local-development-key'),
    url: values.start
      ? undefined
      : toServiceUrl(
          values.url ?? `http://localhost:${env.PORT || '8080'}`,
          values['allow-remote'],
        ),
    burst,
    reportFile: values.report,
  };
};

function parse(args: string[]) {
  try {
    return parseArgs({
      args,
      options: {
        devices: { type: 'string', default: '50' },
        rate: { type: 'string', default: '200' },
        for: { type: 'string', default: '60s' },
        seed: { type: 'string' },
        url: { type: 'string' },
        key: { type: 'string' },
        burst: { type: 'string' },
        report: { type: 'string' },
        start: { type: 'boolean', default: false },
        'allow-remote': { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    }).values;
  } catch (error) {
    // Node adds advice on further lines, or further sentences.
    throw new UsageError(String((error as Error).message).split(/\n|\. /, 1)[0]);
  }
}

function toNumber(name: string, text: string, { max, whole = false }: Bounds): number {
  const number = Number(text);
  const isGood = text.trim() !== '' && number > 0 && number <= max;
  if (isGood && (!whole || Number.isInteger(number))) return number;
  const kind = whole ? 'a whole number' : 'a number';
  throw new UsageError(`${name} is ${text}: it must be ${kind} above 0 and at most ${max}`);
}

type Bounds = { max: number; whole?: boolean };

const UNIT_MS: Record<string, number> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 };

function toMilliseconds(name: string, text: string): number {
  const [, count, unit = ''] = /^(\d+(?:\.\d+)?)(ms|s|m|h)$/.exec(text) ?? [];
  const milliseconds = Number(count) * (UNIT_MS[unit] ?? Number.NaN);
  if (milliseconds >= 1_000) return milliseconds;
  throw new UsageError(`${name} is ${text}: it must be a second or more, such as 60s, 10m or 1h`);
}

function toBurst(text: string, runMs: number): NonNullable<Options['burst']> {
  const [, count, length] = /^(\d+(?:\.\d+)?)x@(\w+(?:\.\w+)?)$/.exec(text) ?? [];
  if (count === undefined || length === undefined) {
    throw new UsageError(
      `--burst is ${text}: it must be such as 20x@60s, a factor and for how long`,
    );
  }
  const forMs = toMilliseconds('--burst', length);
  if (forMs < runMs) return { factor: toNumber('--burst', count, { max: 1_000 }), forMs };
  throw new UsageError(`--burst is ${text}: it must be shorter than the run itself`);
}

/** A run of an hour must not end in a report that cannot be written. */
function ensureWritable(file: string): void {
  try {
    accessSync(dirname(file), constants.W_OK);
  } catch {
    throw new UsageError(`--report is ${file}: nothing can be written in that directory`);
  }
}

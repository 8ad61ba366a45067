import { randomInt } from 'node:crypto';
import { accessSync, constants } from 'node:fs';
import { dirname } from 'node:path';
import type { commands } from '../command-line/commands.ts';
import type { CommandLine } from '../command-line/read-command.ts';
import { UsageError } from '../command-line/read-command.ts';
import { isLoopback } from '../shared/is-loopback.ts';

export type Options = {
  devices: number;
  /** Events per second of all devices together, on average. */
  rate: number;
  /** How long devices make events; with `keepRunning`, how often what happens to them comes again. */
  forMs: number;
  /** Go on until the run is ended. */
  keepRunning: boolean;
  seed: string;
  apiKey: string;
  /** Undefined starts a service for the run. */
  url: URL | undefined;
  /** `factor` times the rate for `forMs`, in the middle of the run. */
  burst: { factor: number; forMs: number } | undefined;
  reportFile: string | undefined;
};

type Env = Record<string, string | undefined>;
type Values = CommandLine<typeof commands.simulate.options>['options'];

// A device that loses its connection is back after a few minutes.
const CYCLE = '10m';

/**
 * Reads the options of a simulation.
 * @throws UsageError
 */
export const parseOptions = (values: Values, env: Env): Options => {
  const { devices = '50', start = false } = values;
  const keepRunning = values['keep-running'] ?? false;
  const { rate = keepRunning ? '20' : '200' } = values;
  if (start && values.url) throw new UsageError('--start and --url cannot be combined');
  if (keepRunning && (values.for ?? values.burst) !== undefined) {
    throw new UsageError('--keep-running cannot be combined with --for or --burst');
  }
  const forMs = toMilliseconds('--for', keepRunning ? CYCLE : (values.for ?? '60s'));
  const burst = values.burst === undefined ? undefined : toBurst(values.burst, forMs);
  if (values.report !== undefined) ensureWritable(values.report);
  return {
    devices: toNumber('--devices', devices, { max: 10_000, whole: true }),
    rate: toNumber('--rate', rate, { max: 100_000 }),
    forMs,
    keepRunning,
    seed: values.seed ?? String(randomInt(2 ** 32)),
    apiKey: values.key ?? (env.API_KEY || 'local-development-key'),
    url: start
      ? undefined
      : toServiceUrl(
          values.url ?? `http://localhost:${env.PORT || '8080'}`,
          values['allow-remote'] ?? false,
        ),
    burst,
    reportFile: values.report,
  };
};

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
  throw new UsageError(
    `${name} is ${text}: it must be at least one second, such as 60s, 10m or 1h`,
  );
}

function toBurst(text: string, runMs: number): NonNullable<Options['burst']> {
  const [, count, length] = /^(\d+(?:\.\d+)?)x@(\w+(?:\.\w+)?)$/.exec(text) ?? [];
  if (count === undefined || length === undefined) {
    throw new UsageError(`--burst is ${text}: it must be a factor and a duration, such as 20x@60s`);
  }
  const forMs = toMilliseconds('--burst', length);
  if (forMs < runMs) return { factor: toNumber('--burst', count, { max: 1_000 }), forMs };
  throw new UsageError(`--burst is ${text}: it must be shorter than the run`);
}

/** Fails before the run: an hour later would be too late. */
function ensureWritable(file: string): void {
  try {
    accessSync(dirname(file), constants.W_OK);
  } catch {
    throw new UsageError(`--report is ${file}: its directory is not writable`);
  }
}

/** Parses the service's URL; another machine's needs `--allow-remote`. */
const toServiceUrl = (text: string, allowsRemote: boolean): URL => {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !['http:', 'https:'].includes(url.protocol)) {
    throw new UsageError(`--url is ${text}: it must be an http or https URL`);
  }
  if (allowsRemote || isLoopback(url.hostname)) return url;
  throw new UsageError(
    `${url.host} is not this machine: add --allow-remote to send the load there`,
  );
};

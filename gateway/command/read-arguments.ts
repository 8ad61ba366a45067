import { parseArgs } from 'node:util';
import type { GatewaySettings, Quota, UsagePlan } from '../local/gateway-settings.ts';
import { CommandError } from './command-error.ts';

const OPTIONS = {
  function: { type: 'string', multiple: true },
  endpoint: { type: 'string', multiple: true },
  port: { type: 'string', default: '8080' },
  host: { type: 'string', default: '127.0.0.1' },
  stage: { type: 'string' },
  'base-path': { type: 'string' },
  variable: { type: 'string', multiple: true },
  key: { type: 'string', multiple: true },
  rate: { type: 'string' },
  burst: { type: 'string' },
  quota: { type: 'string' },
  allow: { type: 'string', multiple: true },
  authorizer: { type: 'string' },
  watch: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const;

/** What a function is given as: by the name that it has in the document, or for every name. */
export type NamedSource = { name: string | undefined; source: string };

export type Arguments = {
  command: 'help' | 'lint' | 'serve';
  document: string;
  functions: NamedSource[];
  endpoints: NamedSource[];
  port: number;
  host: string;
  watch: boolean;
  settings: Omit<GatewaySettings, 'functions'>;
};

/** Reads the command line. Throws `CommandError` for what the command does not know. */
export const readArguments = (args: string[]): Arguments => {
  const { values, positionals } = parse(args);
  const [first, ...rest] = positionals;
  const isLint = first === 'lint';
  const [document, ...others] = isLint ? rest : positionals;
  const isHelp = values.help || (document === undefined && args.length === 0);
  if (!isHelp && document === undefined) throw new CommandError('Which document? Give its path');
  if (others.length > 0) throw new CommandError(`There is one document: ${others[0]} is too much`);
  const { variable = [], allow = [], authorizer } = values;
  return {
    command: isHelp ? 'help' : isLint ? 'lint' : 'serve',
    document: document ?? '',
    functions: (values.function ?? []).map(toNamedSource),
    endpoints: (values.endpoint ?? []).map(toNamedSource),
    port: toNumber('port', values.port),
    host: values.host,
    watch: values.watch ?? false,
    settings: {
      stage: {
        name: values.stage ?? 'local',
        isInUrl: values.stage !== undefined,
        variables: Object.fromEntries(variable.map((pair) => toPair('variable', pair))),
        ...(values['base-path'] && { basePath: values['base-path'] }),
      },
      plan: toPlan(values),
      allowedOrigins: allow,
      ...(authorizer !== undefined && { authorizer: toContext(authorizer) }),
    },
  };
};

function parse(args: string[]) {
  try {
    return parseArgs({ args, options: OPTIONS, allowPositionals: true });
  } catch (error) {
    throw new CommandError(String((error as Error).message).split(/\n|\. /, 1)[0] ?? '');
  }
}

/** `name=source`, or `source`; a path may have an equals sign after a slash. */
function toNamedSource(text: string): NamedSource {
  const [, name, source] = /^([\w-]+)=(.+)$/.exec(text) ?? [];
  return name && source ? { name, source } : { name: undefined, source: text };
}

function toPair(option: string, text: string): [string, string] {
  const [, name, value] = /^([^=]+)=(.*)$/s.exec(text) ?? [];
  if (name === undefined || value === undefined) {
    throw new CommandError(`--${option} is ${text}: write NAME=VALUE`);
  }
  return [name, value];
}

function toNumber(option: string, text: string): number {
  const number = Number(text);
  if (text.trim() === '' || !Number.isFinite(number) || number < 0) {
    throw new CommandError(`--${option} is ${text}: write a number`);
  }
  return number;
}

function toPlan(values: ReturnType<typeof parse>['values']): UsagePlan {
  const { key = [], rate, burst = rate, quota } = values;
  return {
    keys: key,
    ...(rate !== undefined &&
      burst !== undefined && {
        throttle: { rate: toNumber('rate', rate), burst: toNumber('burst', burst) },
      }),
    ...(quota !== undefined && { quota: toQuota(quota) }),
  };
}

function toQuota(text: string): Quota {
  const [, limit, period] = /^(\d+)\/(DAY|WEEK|MONTH)$/i.exec(text) ?? [];
  if (!limit || !period)
    throw new CommandError(`--quota is ${text}: write 1000/DAY, WEEK or MONTH`);
  return { limit: Number(limit), period: period.toUpperCase() as Quota['period'] };
}

function toContext(text: string): NonNullable<GatewaySettings['authorizer']> {
  try {
    const context: unknown = JSON.parse(text);
    if (typeof context === 'object' && context !== null && !Array.isArray(context)) {
      return context as NonNullable<GatewaySettings['authorizer']>;
    }
  } catch {
    // Told below.
  }
  throw new CommandError(
    `--authorizer is ${text}: write a JSON object, such as {"principalId":"me"}`,
  );
}

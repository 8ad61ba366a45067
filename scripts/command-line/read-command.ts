import type { ParseArgsConfig } from 'node:util';
import { parseArgs } from 'node:util';
import { toColumns } from './to-columns.ts';

/**
 * An option of a command: a flag, or with a `value`, such as `N`, that the help names. If only some of the first
 * words take it, `of` names these.
 */
export type Option = {
  type: 'boolean' | 'string';
  value?: string;
  of?: readonly string[];
  help: string;
};

/** What a command does, as `--help` and `npm run help` tell. */
export type Command = {
  /** A sentence. */
  summary: string;
  /** The words after the name, such as `<environment>`; a command without them takes none. */
  words?: string;
  options?: Record<string, Option>;
  /** Environment variables that it reads. */
  variables?: Record<string, string>;
  /** What follows `npm run <name> -- `. */
  examples?: string[];
  /** Besides 0, which means success, and 2, which means that the command line is wrong. */
  exitCodes?: Record<number, string>;
  /** Options that it does not know are for another program: they are among the words. */
  passesOn?: boolean;
  /** More to know. */
  notes?: string;
};

/** An error in the command line; the message tells the user all they need. */
export class UsageError extends Error {
  override name = 'UsageError';
}

type Given<Options> = {
  [Name in keyof Options]?: Options[Name] extends { type: 'boolean' } ? boolean : string;
};

/** The parts of a command line. */
export type CommandLine<Options> = { options: Given<Options>; words: string[] };

/**
 * Reads the command line; undefined if it asks for help.
 * @throws UsageError for what the command does not know
 */
export const parseCommand = <const Known extends Command>(
  { options = {}, words, passesOn }: Known,
  args: string[],
): CommandLine<NonNullable<Known['options']>> | undefined => {
  const known = Object.entries(options).map(([name, { type }]) => [name, { type }] as const);
  const help = { type: 'boolean', short: 'h' } as const;
  const described = { ...Object.fromEntries(known), help };
  try {
    const foreign = passesOn ? findForeign(args, described) : new Set<number>();
    const { values, positionals }: { values: { help?: boolean }; positionals: string[] } =
      parseArgs({
        args: args.filter((_, index) => !foreign.has(index)),
        options: described,
        allowPositionals: words !== undefined,
      });
    if (values.help) return undefined;
    refuseStrangers(values, options, positionals[0]);
    const passed = args.filter((word, index) => foreign.has(index) || positionals.includes(word));
    return { options: values as Given<object>, words: passed };
  } catch (error) {
    // The first sentence of Node's message; the rest is advice.
    throw new UsageError(String((error as Error).message).split(/\.?\n|\. /, 1)[0]);
  }
};

/** Ignored, an option would leave its user in the belief that it did something. */
function refuseStrangers(values: object, options: Record<string, Option>, word = ''): void {
  for (const name of Object.keys(values)) {
    const { of } = options[name] ?? {};
    if (word && of && !of.includes(word)) {
      throw new UsageError(`Option '--${name}' is for ${of.join(' and ')}, not for ${word}`);
    }
  }
}

type Described = NonNullable<ParseArgsConfig['options']>;

/** The indices of the options that are not described, such as Terraform's `-target=…`. */
function findForeign(args: string[], options: Described): Set<number> {
  const { tokens } = parseArgs({
    args,
    options,
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  return new Set(
    tokens.flatMap((token) =>
      token.kind === 'option' && !(token.name in options) ? [token.index] : [],
    ),
  );
}

/**
 * Reads the command line of this process. Ends the process at `--help` with the help, and at what the command does
 * not know with one line and exit code 2.
 */
export const readCommand = <const Known extends Command>(
  name: string,
  command: Known,
): CommandLine<NonNullable<Known['options']>> => {
  try {
    const line = parseCommand(command, process.argv.slice(2));
    if (line) return line;
    console.log(toHelp(name, command));
    return process.exit(0);
  } catch (error) {
    return refuse(name, (error as Error).message);
  }
};

/** Ends the process for a wrong command line. */
export const refuse = (name: string, message: string): never => {
  console.error(`✖ ${message}: ${toCall(name)} --help tells what it takes`);
  return process.exit(2);
};

const toCall = (name: string): string => (name === 'start' ? 'npm start --' : `npm run ${name} --`);

/** The text of `--help`. */
export const toHelp = (
  name: string,
  { summary, words, options = {}, variables = {}, examples = [], exitCodes = {}, notes }: Command,
): string => {
  const call = toCall(name);
  const flags = Object.entries(options).map(
    ([flag, { value, of, help }]): Row => [
      value ? `--${flag} ${value}` : `--${flag}`,
      of ? `${of.join(', ')}: ${help}` : help,
    ],
  );
  const codes = Object.entries(exitCodes).map(([code, meaning]): Row => [code, meaning]);
  const parts = [
    summary,
    `  ${[call, words, '[options]'].filter(Boolean).join(' ')}`,
    toRows([...flags, ['--help', 'print this']]),
    toRows(Object.entries(variables)),
    examples.map((example) => `  ${call} ${example}`).join('\n'),
    notes,
    `Exit codes:\n${toRows([['0', 'success'], ...codes, ['2', 'the command line is wrong']])}`,
  ];
  return parts.filter(Boolean).join('\n\n');
};

type Row = [left: string, right: string];

/** Two columns. */
export const toRows = (rows: Row[]): string =>
  toColumns(rows)
    .map((line) => `  ${line}`)
    .join('\n');

import semver from 'semver';
import { attempt } from '../tools/run.ts';

type Tool = {
  name: string;
  call: [command: string, ...args: string[]];
  pattern: RegExp;
  range: string;
  why: string;
};

const TOOLS: Tool[] = [
  {
    name: 'terraform',
    call: ['terraform', 'version', '-json'],
    pattern: /"terraform_version": *"([\d.]+)/,
    range: '>=1.11.0',
    why: "S3's own lock of the state needs 1.11",
  },
  {
    name: 'the aws command',
    call: ['aws', '--version'],
    pattern: /aws-cli\/([\d.]+)/,
    range: '>=2.0.0',
    why: 'its version 1 reads and writes binary arguments in another way',
  },
];

/** Finds the commands that are too old, each with its remedy. A command that does not answer is not among them. */
export const findVersionFaults = (): string[] =>
  TOOLS.flatMap(({ name, call: [command, ...args], pattern, range, why }) => {
    const answer = attempt(command, ...args);
    if ('fault' in answer) return [];
    const [, version = ''] = pattern.exec(answer.output) ?? [];
    const known = semver.coerce(version)?.version;
    if (known && semver.satisfies(known, range)) return [];
    return [
      `${name} is ${version || 'of an unknown version'}: install ${range.replace('>=', '')} or later, since ${why}`,
    ];
  });

import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Marked } from 'marked';
import { describe, expect, it } from 'vitest';

const FOLDER = 'docs/deploy';
const PAGES = [
  'docs/operations.md',
  'docs/deploy.md',
  ...readdirSync(FOLDER).map((name) => join(FOLDER, name)),
];

/**
 * The commands of others that the pages may use, with their options, by the references of AWS CLI 2, Atlas CLI 1.40,
 * MongoDB's tools and shell, and Terraform 1.11, as they were read in November 2026. None of them can be run here.
 * `npm run …` is checked by commands.test.ts.
 */
const KNOWN: Record<string, string> = {
  'aws apigateway get-api-key': '--include-value --api-key --query --output --region',
  'aws cloudwatch get-insight-rule-report': '--rule-name --period --start-time --end-time',
  'aws cloudwatch get-metric-statistics':
    '--namespace --metric-name --period --statistics --dimensions --start-time --end-time',
  'aws lambda list-versions-by-function': '--function-name --query',
  'aws lambda put-function-concurrency': '--function-name --reserved-concurrent-executions',
  'aws lambda update-alias': '--function-name --name --function-version',
  'aws logs filter-log-events': '--log-group-name --query --start-time',
  'aws logs tail': '--since --filter-pattern',
  'aws service-quotas request-service-quota-increase':
    '--region --service-code --quota-code --desired-value',
  'atlas accessLists create': '--currentIp --deleteAfter --projectId',
  'atlas backups restores list': '--projectId',
  'atlas backups restores start':
    '--clusterName --targetClusterName --projectId --targetProjectId --pointInTimeUTCSeconds --snapshotId',
  'atlas backups snapshots delete': '--clusterName --projectId',
  'atlas backups snapshots list': '--projectId',
  'atlas clusters connectionStrings describe': '--projectId -o',
  'atlas dbusers create': '--username --deleteAfter --projectId',
  mongoexport: '--uri --db --collection --query --jsonFormat',
  mongoimport: '--uri --db --collection --mode',
  mongosh: '--username',
  'terraform force-unlock': '-chdir',
  'terraform init': '-chdir',
  'terraform plan': '-chdir -var',
};
const TOOLS = ['aws', 'atlas', 'mongoexport', 'mongoimport', 'mongosh', 'terraform'];
/** They only must not do anything here. */
const OTHERS = ['npm', 'npx', 'curl', 'jq', 'git', 'docker'];

/** The shell code of a page. Words in angle brackets and an ellipsis stand for what the operator knows. */
function readScript(markdown: string): string {
  const code: string[] = [];
  const marked = new Marked();
  marked.walkTokens(marked.lexer(markdown), (token) => {
    if (token.type === 'code' && token.lang === 'sh') code.push(token.text);
  });
  return code
    .join('\n')
    .replace(/<[a-z][^<>\n]*>/g, 'known')
    .replaceAll('…', 'known');
}

/** Runs shell code with stand-ins that only note how they were called; a line that is no shell code fails. */
function runScript(script: string): string[][] {
  const directory = mkdtempSync(join(tmpdir(), 'iot-events-pages-'));
  const log = join(directory, 'log');
  try {
    for (const tool of [...TOOLS, ...OTHERS]) {
      const text = `#!/bin/sh\nprintf '%s\\037' ${tool} "$@" >> '${log}'\nprintf '\\036' >> '${log}'\n`;
      writeFileSync(join(directory, tool), text, { mode: 0o755 });
    }
    const env = {
      PATH: `${directory}:/usr/bin:/bin`,
      USER: 'me',
      // In sentences of the pages.
      from: 'mongodb://from',
      to: 'mongodb://to',
      name: 'iot-events-production',
      project: 'known',
      AWS_REGION: 'eu-west-1',
    };
    execFileSync('bash', ['-eu'], { input: script, cwd: directory, env, stdio: 'pipe' });
    const text = existsSync(log) ? readFileSync(log, 'utf8') : '';
    return text
      .split('\x1e')
      .slice(0, -1)
      .map((call) => call.split('\x1f').slice(0, -1));
  } finally {
    rmSync(directory, { recursive: true });
  }
}

/** What is wrong with a call of somebody else's tool. */
function findFaults([tool = '', ...args]: string[]): string[] {
  if (!TOOLS.includes(tool)) return [];
  const options = args
    .filter((word) => /^-{1,2}[a-z]/i.test(word))
    .map((word) => word.split('=')[0]);
  const words = [tool, ...args.filter((word) => !word.startsWith('-'))].join(' ');
  const name = Object.keys(KNOWN)
    .sort((a, b) => b.length - a.length)
    .find((known) => `${words} `.startsWith(`${known} `));
  if (!name) return [`${words}: no such command is known`];
  const known = KNOWN[name]?.split(' ') ?? [];
  return options.filter((option = '') => !known.includes(option)).map((each) => `${name}: ${each}`);
}

describe("other tools' commands", () => {
  it.each(PAGES)('in %s run, and are known', (page) => {
    expect(runScript(readScript(readFileSync(page, 'utf8'))).flatMap(findFaults)).toEqual([]);
  });

  // The region of a profile may be another than that of the deployment.
  it.each(PAGES)('in %s name the region that AWS is asked in', (page) => {
    const text = readFileSync(page, 'utf8');
    const prose = [...text.matchAll(/`(aws [^`]+)`/g)].flatMap(([, command]) => command ?? []);
    const calls = [
      ...runScript(readScript(text)).map((call) => call.join(' ')),
      ...prose.filter((command) => command.split(' ').length > 3),
    ].filter((call) => call.startsWith('aws '));
    const isSet = text.includes('export AWS_REGION=');
    expect(calls.filter((call) => !isSet && !call.includes('--region'))).toEqual([]);
  });

  it('are all looked at', () => {
    const calls = PAGES.flatMap((page) => runScript(readScript(readFileSync(page, 'utf8'))));
    expect(calls.filter(([tool = '']) => TOOLS.includes(tool)).length).toBeGreaterThan(20);
  });

  it.each([
    ['aws logs tale x', 'aws logs tale x: no such command is known'],
    ['aws logs tail x --sinc 1h', 'aws logs tail: --sinc'],
    [
      'atlas backups restores start automated --snapshot 1',
      'atlas backups restores start: --snapshot',
    ],
    ['terraform -chdir=a force-unlock -force 1', 'terraform force-unlock: -force'],
  ])('are refused if no one knows them: %s', (line, fault) => {
    expect(runScript(readScript(`\`\`\`sh\n${line}\n\`\`\``)).flatMap(findFaults)).toEqual([fault]);
  });

  it('must be shell code, with each variable known', () => {
    expect(() => runScript('aws logs tail $unknown')).toThrow('unknown: unbound variable');
    expect(() => runScript('for x in a; do echo')).toThrow('syntax error');
  });
});

// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are Terraform's templates
import { describe, expect, it } from 'vitest';
import { toConnectionBudget } from '../../cdktf/environment/connection-budget.ts';
import type { Resource } from './synth.ts';
import { addressOf, all, environmentOf, named, only, synth } from './synth.ts';

const stack = synth();

const statementsOf = ({ policy }: Resource): Record<string, unknown>[] =>
  JSON.parse(policy as string).Statement;

describe('the functions', () => {
  it('find the cluster at its private address, as who they are', () => {
    for (const { environment } of all(stack, 'aws_lambda_function')) {
      const { MONGODB_URI: uri } = (environment as { variables: Record<string, string> }).variables;

      expect(uri).toMatch(
        /connection_strings\[0\]\.private_endpoint\[0\]\.srv_connection_string\}/,
      );
      expect(uri).toContain('authMechanism=MONGODB-AWS&authSource=%24external');
    }
  });

  it('run one image, named by its content, from a repository that never changes one', () => {
    const uri = `\${${addressOf(stack, 'aws_ecr_repository')}.repository_url}:\${var.image_tag}`;

    expect(all(stack, 'aws_lambda_function').map((each) => each.image_uri)).toEqual([
      uri,
      uri,
      uri,
    ]);
    expect(named(stack, 'aws_lambda_function', 'migration')).toMatchObject({
      image_config: { command: ['migration.handler'] },
    });
    expect(only(stack, 'aws_ecr_repository')).toMatchObject({
      image_tag_mutability: 'IMMUTABLE',
      image_scanning_configuration: { scan_on_push: true },
    });
  });

  it('are as many as the environment says, and the migration one', () => {
    const { functions, ...environment } = environmentOf('development');
    const other = synth({ ...environment, functions: { ...functions, maxConcurrency: 7 } });

    expect(named(other, 'aws_lambda_function', 'router').reserved_concurrent_executions).toBe(7);
    expect(named(other, 'aws_lambda_function', 'migration').reserved_concurrent_executions).toBe(1);
  });

  it('are no stack where the cluster has no connections for them', () => {
    const { functions, ...environment } = environmentOf('development');
    const { processes } = toConnectionBudget(environment.cluster.tier);
    const withProcesses = (maxConcurrency: number) =>
      synth({ ...environment, functions: { ...functions, maxConcurrency } });

    expect(() => withProcesses(processes + 1)).toThrow('functions.maxConcurrency must be from 1');
    expect(() => withProcesses(processes)).not.toThrow();
  });

  it('may write their own log and traces, and what Lambda needs their code may not do', () => {
    for (const policy of all(stack, 'aws_iam_role_policy')) {
      if (policy.name !== 'function') continue;
      const statements = statementsOf(policy);

      expect(statements.map(({ Sid, Effect }) => [Sid, Effect])).toEqual([
        ['WriteOwnLog', 'Allow'],
        ['WriteTraces', 'Allow'],
        ['JoinNetwork', 'Allow'],
        ['NotFromCode', 'Deny'],
      ]);
      expect(JSON.stringify(statements)).not.toMatch(/"Action":"?\[?"?\*|:\*"\]?,"Resource":"\*"/);
    }
  });

  it('serve a version only after its migration has run', () => {
    expect(only(stack, 'aws_lambda_alias').depends_on).toEqual([
      expect.stringContaining('mongodbatlas_database_user.router'),
      addressOf(stack, 'aws_lambda_invocation'),
    ]);
    expect(only(stack, 'aws_lambda_invocation')).toMatchObject({
      triggers: { image: '${var.image_tag}' },
      depends_on: [expect.stringContaining('mongodbatlas_database_user.migration')],
    });
  });

  it("hand on the environment's limits on dates", () => {
    const events = { lateDays: 7, notBefore: '2024-03-01' };
    const variablesOf = (from: typeof stack) =>
      named(from, 'aws_lambda_function', 'router').environment;

    expect(variablesOf(synth({ ...environmentOf('production'), events }))).toMatchObject({
      variables: { LATE_DAYS: '7', NOT_BEFORE: '2024-03-01' },
    });
    expect(variablesOf(stack)).not.toHaveProperty('variables.NOT_BEFORE');
  });

  it('migrate again when the retention changes', () => {
    const events = { retentionDays: 30, allowDataLoss: true };
    const input = JSON.stringify(events);

    const run = only(synth({ ...environmentOf('production'), events }), 'aws_lambda_invocation');

    expect(run).toMatchObject({ input, triggers: { input } });
    expect(only(stack, 'aws_lambda_invocation').input).not.toBe(input);
  });
});

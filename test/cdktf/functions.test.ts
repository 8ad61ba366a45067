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
    const functions = all(stack, 'aws_lambda_function');
    // The one that writes the audit log needs no database.
    for (const { environment, function_name: name } of functions) {
      if (String(name).endsWith('-audit')) continue;
      const { MONGODB_URI: uri } = (environment as { variables: Record<string, string> }).variables;

      expect(uri).toMatch(
        /connection_strings\[0\]\.private_endpoint\[0\]\.srv_connection_string\}/,
      );
      expect(uri).toContain('authMechanism=MONGODB-AWS&authSource=%24external');
    }
  });

  it('run one image, named by its content, from a repository that never changes one', () => {
    const uri = `\${${addressOf(stack, 'aws_ecr_repository')}.repository_url}:\${var.image_tag}`;

    const functions = all(stack, 'aws_lambda_function');
    expect(functions.map((each) => each.image_uri)).toEqual(Array(6).fill(uri));
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
    const aliases = all(stack, 'aws_lambda_alias');
    expect(aliases).toHaveLength(3);
    for (const { depends_on } of aliases) {
      expect(depends_on).toEqual([
        expect.stringContaining('mongodbatlas_database_user.'),
        addressOf(stack, 'aws_lambda_invocation'),
      ]);
    }
    expect(only(stack, 'aws_lambda_invocation')).toMatchObject({
      triggers: { image: '${var.image_tag}' },
      depends_on: [expect.stringContaining('mongodbatlas_database_user.migration')],
    });
  });

  it('stream with places and processes of their own', () => {
    const streams = all(stack, 'aws_lambda_function').filter(({ image_config }) =>
      JSON.stringify(image_config ?? '').includes('load-api.stream'),
    );

    expect(streams.map(({ timeout }) => timeout)).toEqual([900, 900]);
    for (const { environment, reserved_concurrent_executions: processes } of streams) {
      const { variables } = environment as { variables: Record<string, string> };
      const slots = Number(variables.STREAM_SLOTS);
      // The processes beyond the places refuse with a problem.
      expect(slots).toBeGreaterThan(0);
      expect(slots).toBeLessThan(processes as number);
      expect(variables.API_KEYS).toBe('scoped');
    }
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

describe('the audit log', () => {
  it('gets the audit lines of the functions that delete and change keys, for years', () => {
    const trail = named(stack, 'aws_lambda_function', 'trail');
    const log = named(stack, 'aws_cloudwatch_log_group', 'trail');
    const filters = all(stack, 'aws_cloudwatch_log_subscription_filter');

    expect(trail).toMatchObject({
      function_name: 'iot-events-production-audit',
      image_config: { command: ['audit.handler'] },
      reserved_concurrent_executions: 1,
    });
    expect(log).toMatchObject({ name: '/aws/lambda/iot-events-production-audit' });
    expect(log.retention_in_days).toBe(environmentOf('production').functions.auditDays);
    expect(filters.map(({ log_group_name }) => log_group_name)).toEqual([
      expect.stringMatching(/^\$\{aws_cloudwatch_log_group\.keys_log_\w+\.name\}$/),
      expect.stringMatching(/^\$\{aws_cloudwatch_log_group\.router_log_\w+\.name\}$/),
    ]);
    for (const { filter_pattern, destination_arn, depends_on } of filters) {
      expect(filter_pattern).toBe('{ $.kind = "audit" }');
      expect(destination_arn).toMatch(/^\$\{aws_lambda_function\.audit_trail_function_\w+\.arn\}$/);
      expect(depends_on).toEqual([expect.stringContaining('aws_lambda_permission.audit_from-')]);
    }
    // A line that came back to the audit log would go round for ever.
    expect(JSON.stringify(filters)).not.toContain('audit_trail_log');
  });

  it('is called by CloudWatch alone, for these logs', () => {
    const permissions = all(stack, 'aws_lambda_permission').filter(
      ({ principal }) => principal === 'logs.amazonaws.com',
    );

    expect(permissions.map(({ source_arn }) => source_arn)).toEqual([
      expect.stringMatching(/keys_log_\w+\.arn\}:\*$/),
      expect.stringMatching(/router_log_\w+\.arn\}:\*$/),
    ]);
  });

  it('gets those of the router alone where API Gateway has the key', () => {
    const { api, ...environment } = environmentOf('development');
    const other = synth({ ...environment, api: { ...api, keys: 'plan' } });

    expect(all(other, 'aws_cloudwatch_log_subscription_filter')).toHaveLength(1);
  });
});

// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are Terraform's templates
import { describe, expect, it } from 'vitest';
import { escapeTemplates } from '../../cdktf/api/escape-templates.ts';
import { contract } from '../../openapi/contract.ts';
import { all, environmentOf, named, only, synth } from './synth.ts';

type Document = { paths: Record<string, Record<string, Record<string, unknown>>> };

const stack = synth();
const bodyOf = (synthesised: typeof stack): string =>
  only(synthesised, 'aws_api_gateway_rest_api').body as string;
const { paths } = JSON.parse(bodyOf(stack)) as Document;

const operations = Object.entries(contract.paths).flatMap(([path, item]) =>
  Object.entries(item ?? {}).flatMap(([method, operation]) =>
    typeof operation === 'object' && 'operationId' in operation
      ? [[operation.operationId as string, path, method] as const]
      : [],
  ),
);

describe('the REST API', () => {
  it.each(operations)('sends %s to the alias of its function', (operationId, path, method) => {
    expect(paths[path]?.[method]).toMatchObject({
      operationId,
      'x-amazon-apigateway-integration': {
        type: 'aws_proxy',
        httpMethod: 'POST',
        uri: expect.stringMatching(
          /^\$\{aws_lambda_alias\.\w+\.invoke_arn\}$|functions\/\$\{aws_lambda_alias\.\w+\.arn\}\/response-streaming-invocations$/,
        ),
      },
    });
  });

  it('imports without a warning, and forgets what left the contract', () => {
    expect(only(stack, 'aws_api_gateway_rest_api')).toMatchObject({
      fail_on_warnings: true,
      put_rest_api_mode: 'overwrite',
      endpoint_configuration: { types: ['REGIONAL'] },
    });
  });

  it('is deployed anew when its body changes, the new deployment before the old one goes', () => {
    const [id] = Object.keys(stack.resource.aws_api_gateway_rest_api ?? {});

    expect(only(stack, 'aws_api_gateway_deployment')).toMatchObject({
      triggers: { body: `\${sha1(aws_api_gateway_rest_api.${id}.body)}` },
      lifecycle: { create_before_destroy: true },
    });
  });

  it('names the operations that have no name after the whole document', () => {
    const hashOf = (synthesised: typeof stack) => {
      const names = Object.values((JSON.parse(bodyOf(synthesised)) as Document).paths).map(
        ({ options }) => String(options?.operationId),
      );
      expect(new Set(names).size).toBe(names.length);
      const [hash, ...others] = new Set(
        names.map((name) => /^options\w+Import(\w{16})$/.exec(name)?.[1]),
      );
      expect(others).toEqual([]);
      return hash;
    };
    const { api, ...production } = environmentOf('production');
    const corsOrigins = ['https://example.org'];

    expect(hashOf(synth())).toBe(hashOf(stack));
    expect(hashOf(synth({ ...production, docs: false, api: { ...api, corsOrigins } }))).not.toBe(
      hashOf(stack),
    );
  });

  it('has another body when the contract changes, and only then', () => {
    const info = { ...contract.info, version: '2.0.0' };
    const { cluster, functions, ...production } = environmentOf('production');
    const other = {
      ...production,
      cluster: { ...cluster, diskGb: 20 },
      functions: { ...functions, memoryMb: 2048 },
    };

    expect(bodyOf(synth(undefined, { ...contract, info }))).not.toBe(bodyOf(stack));
    expect(bodyOf(synth(other))).toBe(bodyOf(stack));
  });

  it('may call the live versions of the functions, and no other API may', () => {
    // CloudWatch Logs calls the audit function (functions.test.ts).
    const permissions = all(stack, 'aws_lambda_permission').filter(
      ({ principal }) => principal !== 'logs.amazonaws.com',
    );
    expect(permissions).toHaveLength(3);
    for (const permission of permissions) {
      expect(permission).toMatchObject({
        principal: 'apigateway.amazonaws.com',
        qualifier: expect.stringContaining('aws_lambda_alias.'),
        source_arn: expect.stringMatching(
          /^\$\{aws_api_gateway_rest_api\.\w+\.execution_arn\}\/production\//,
        ),
      });
    }
  });

  it('logs, traces and throttles at its stage, once the account has a role for logs', () => {
    const stage = only(stack, 'aws_api_gateway_stage');
    const { format } = stage.access_log_settings as { format: string };

    expect(stage).toMatchObject({ stage_name: 'production', xray_tracing_enabled: true });
    expect(JSON.parse(format)).toMatchObject({ requestId: '$context.requestId' });
    const { api, ...production } = environmentOf('production');
    const owner = synth({ ...production, api: { ...api, setsAccountLogRole: true } });
    expect(only(owner, 'aws_api_gateway_stage').depends_on).toContainEqual(
      expect.stringContaining('aws_api_gateway_account.'),
    );
    expect(only(stack, 'aws_api_gateway_method_settings')).toMatchObject({
      method_path: '*/*',
      settings: { throttling_rate_limit: 500, throttling_burst_limit: 1000 },
    });
  });

  it.each(['production', 'development'])('keeps no log of %s for ever', (name) => {
    const environment = environmentOf(name);

    const { logDays, auditDays } = environment.functions;
    for (const group of all(synth(environment), 'aws_cloudwatch_log_group')) {
      const isAudit = String(group.name).endsWith('-audit');
      expect(group).toMatchObject({ retention_in_days: isAudit ? auditDays : logDays });
    }
  });

  it('leaves the role for logs alone where another environment sets it', () => {
    const { api, ...production } = environmentOf('production');
    const other = synth({ ...production, api: { ...api, setsAccountLogRole: false } });

    expect(other.resource.aws_api_gateway_account).toBeUndefined();
  });

  it('takes one key that a plan limits, where told', () => {
    const { api, ...production } = environmentOf('production');
    const other = synth({ ...production, api: { ...api, keys: 'plan' } });

    expect(only(other, 'aws_api_gateway_api_key').value).toBe(
      '${var.rest_api_key == "" ? null : var.rest_api_key}',
    );
    expect(only(other, 'aws_api_gateway_usage_plan')).toMatchObject({
      throttle_settings: { rate_limit: 500, burst_limit: 1000 },
      quota_settings: { limit: 10_000_000, period: 'DAY' },
    });
    expect(all(other, 'aws_api_gateway_usage_plan_key')).toHaveLength(1);
    expect(other.output).toHaveProperty('api_key_id');
    expect(bodyOf(other)).toContain('"security":[{"apiKey":[]}]');
    expect(all(other, 'aws_lambda_function')).toHaveLength(5);
  });

  it('lets the router check keys, and knows of the plain one no more than its hash', () => {
    expect(all(stack, 'aws_api_gateway_api_key')).toEqual([]);
    expect(bodyOf(stack)).not.toContain('"security":[{"apiKey":[]}]');
    expect(named(stack, 'aws_lambda_function', 'router').environment).toMatchObject({
      variables: {
        API_KEYS: 'scoped',
        PLAIN_KEY_HASH: '${var.rest_api_key == "" ? "" : sha256(var.rest_api_key)}',
      },
    });
    expect(stack.output.keys_function?.value).toContain('aws_lambda_function');
  });

  it('tells the functions the origins whose pages may call', () => {
    const { api, ...production } = environmentOf('production');
    const corsOrigins = ['https://a.org', 'https://b.org'];
    const other = synth({ ...production, api: { ...api, corsOrigins } });

    for (const word of ['router', 'export', 'live']) {
      expect(named(other, 'aws_lambda_function', word).environment).toMatchObject({
        variables: { CORS_ORIGINS: 'https://a.org,https://b.org' },
      });
    }
    expect(bodyOf(other)).toContain('$origin == \\"https://b.org\\"');
  });

  it('has a name of its own where told, and not else', () => {
    const { api, ...production } = environmentOf('production');
    const domain = { name: 'events.example.org', certificateArn: 'arn:aws:acm:eu-west-1:1:a' };
    const other = synth({ ...production, api: { ...api, domain } });

    expect(all(stack, 'aws_api_gateway_domain_name')).toEqual([]);
    expect(other.output.api_url?.value).toBe('https://events.example.org/v1/events');
    expect(other.output).toHaveProperty('domain_target');
    expect(only(stack, 'aws_api_gateway_stage').stage_name).toBe('production');
    expect(stack.output.api_url?.value).toMatch(
      /^\$\{aws_api_gateway_stage\.\w+\.invoke_url\}\/events$/,
    );
  });

  it('is below its major version on a domain, beside the problems', () => {
    const { api, ...production } = environmentOf('production');
    const domain = { name: 'events.example.org', certificateArn: 'arn:aws:acm:eu-west-1:1:a' };
    const toBasePaths = (version: string) =>
      all(
        synth(
          { ...production, api: { ...api, domain } },
          { ...contract, info: { ...contract.info, version } },
        ),
        'aws_api_gateway_base_path_mapping',
      ).map(({ base_path: path }) => path);

    expect(toBasePaths('1.4.2')).toEqual(['v1', 'problems']);
    expect(toBasePaths('12.0.0')).toEqual(['v12', 'problems']);
    expect(contract.servers?.[0]?.variables?.basePath?.default).toBe(
      toBasePaths(contract.info.version)[0],
    );
  });
});

describe('alarms', () => {
  it.each([
    '5XXError',
    'Latency',
    'Throttles',
    'ConcurrentExecutions',
    'Unavailable',
    'DatabaseTime',
  ])('watch %s', (metric) => {
    const alarms = all(stack, 'aws_cloudwatch_metric_alarm');

    expect(alarms.map(({ metric_name: name }) => name)).toContain(metric);
    expect(only(stack, 'aws_cloudwatch_dashboard').dashboard_body).toContain(metric);
  });

  it('tell the topic that is named', () => {
    const alarmTopicArn = 'arn:aws:sns:eu-west-1:123456789012:alarms';
    const other = synth({ ...environmentOf('production'), alarmTopicArn });

    for (const alarm of all(other, 'aws_cloudwatch_metric_alarm')) {
      expect(alarm).toMatchObject({ alarm_actions: [alarmTopicArn], ok_actions: [alarmTopicArn] });
    }
  });
});

describe('escapeTemplates', () => {
  it.each([
    ['${value}', '$${value}'],
    ['%{ if value }', '%%{ if value }'],
    ['$context.requestId, 100 %, {}', '$context.requestId, 100 %, {}'],
    ['${TfToken[TOKEN.1]}/${value}', '${TfToken[TOKEN.1]}/$${value}'],
  ])('turns %s into %s', (given, want) => {
    expect(escapeTemplates(given)).toBe(want);
    expect(escapeTemplates({ [given]: [given, null, 1] })).toEqual({ [want]: [want, null, 1] });
  });
});

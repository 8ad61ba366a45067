import { describe, expect, it } from 'vitest';
import { createKeyId, createSecret, toKeyText } from '../../src/access/api-key.ts';
import { createTelemetry } from '../../src/telemetry.ts';
import { all, environmentOf, named, only, synth } from './synth.ts';

const production = environmentOf('production');
const stack = synth();

type Rule = {
  action: { block: { custom_response: Record<string, unknown> } };
  statement: {
    rate_based_statement: {
      limit: number;
      scope_down_statement: {
        not_statement: { statement: [{ regex_match_statement: Record<string, unknown> }] };
      };
    };
  };
};

const ruleOf = (synthesised: typeof stack): Rule => {
  const { rule } = only(synthesised, 'aws_wafv2_web_acl') as unknown as { rule: Rule[] };
  expect(rule).toHaveLength(1);
  return rule[0] as Rule;
};

describe('the firewall', () => {
  it('is on in production, and not elsewhere unless told', () => {
    expect(all(stack, 'aws_wafv2_web_acl_association')).toHaveLength(1);
    expect(all(synth(environmentOf('development')), 'aws_wafv2_web_acl')).toEqual([]);
  });

  it('tells a flood apart from a wrong key: 429, with the time to wait', () => {
    const { custom_response_body: bodies } = only(stack, 'aws_wafv2_web_acl') as {
      custom_response_body?: { key: string; content: string }[];
    };
    const { custom_response: response } = ruleOf(stack).action.block;

    expect(response).toMatchObject({
      response_code: 429,
      response_header: expect.arrayContaining([{ name: 'Retry-After', value: '60' }]),
      custom_response_body_key: bodies?.[0]?.key,
    });
    // AWS refuses this header.
    expect(JSON.stringify(response)).not.toMatch(/content-type/i);
    expect(JSON.parse(bodies?.[0]?.content ?? '')).toMatchObject({
      type: '/problems/too-many-requests',
      status: 429,
    });
  });

  it('counts by address, up to a tenth of the rate of the API', () => {
    const limitOf = (rate: number) =>
      ruleOf(synth({ ...production, api: { ...production.api, rate } })).statement
        .rate_based_statement;

    expect(limitOf(500)).toMatchObject({
      aggregate_key_type: 'IP',
      evaluation_window_sec: 60,
      limit: 3000,
    });
    expect(limitOf(1000).limit).toBe(6000);
    // WAF takes no lower limit.
    expect(limitOf(1).limit).toBe(10);
  });

  const { regex_match_statement: match } =
    ruleOf(stack).statement.rate_based_statement.scope_down_statement.not_statement.statement[0];
  const isCounted = (key: string) => !new RegExp(match.regex_string as string).test(key);
  const key = toKeyText({ id: createKeyId(), secret: createSecret() });

  it('looks at the key alone, never at a body: a device may report any text', () => {
    expect(match.field_to_match).toEqual({ single_header: { name: 'x-api-key' } });
    expect(JSON.stringify(only(stack, 'aws_wafv2_web_acl'))).not.toMatch(/managed_rule_group/);
  });

  it.each([
    ...Array.from({ length: 20 }, () => toKeyText({ id: createKeyId(), secret: createSecret() })),
    'a'.repeat(20),
    'Z9'.repeat(64),
  ])('counts no request with a well-formed key: %s', (well) => {
    expect(isCounted(well)).toBe(false);
  });

  it.each([
    '',
    'x',
    key.slice(1),
    `${key}A`,
    `${key} `,
    ` ${key}`,
    key.toUpperCase(),
    'a'.repeat(129),
  ])('counts a request with the key "%s"', (other) => {
    expect(isCounted(other)).toBe(true);
  });
});

describe('the alarms on what costs money', () => {
  it('tell of more requests than the API allows', () => {
    expect(named(stack, 'aws_cloudwatch_metric_alarm', 'flood')).toMatchObject({
      namespace: 'AWS/ApiGateway',
      metric_name: 'Count',
      statistic: 'Sum',
      threshold: 500 * 60,
    });
  });

  it('tell of a key that sends a quarter of what all may, and show which', () => {
    const { rule_name: rule, ...insight } = only(stack, 'aws_cloudwatch_contributor_insight_rule');
    const definition = JSON.parse(insight.rule_definition as string);

    const alarm = named(stack, 'aws_cloudwatch_metric_alarm', 'loop');
    expect(alarm).toMatchObject({ threshold: 7500, evaluation_periods: 5 });
    expect(JSON.stringify(alarm.metric_query)).toContain('MaxContributorValue');
    expect(only(stack, 'aws_cloudwatch_dashboard').dashboard_body).toContain('insightRule');
    expect(rule).toBe('iot-events-production-keys');
    expect(definition).toMatchObject({
      LogGroupNames: [expect.stringContaining('aws_cloudwatch_log_group.router')],
      LogFormat: 'JSON',
      AggregateOn: 'Count',
    });
    // The field that the rule counts by is in the line of each request.
    const lines: string[] = [];
    createTelemetry('a', (line) => lines.push(line)).logRequest({
      requestId: '1',
      traceId: undefined,
      operation: 'addEvent',
      keyId: 'iot_0123456789ab',
      devices: 1,
      status: 201,
      milliseconds: 1,
      refused: undefined,
    });
    const [path = ''] = definition.Contribution.Keys;
    expect(JSON.parse(lines[0] ?? '')).toHaveProperty(path.replace('$.', ''), 'iot_0123456789ab');
  });

  it('tell when a month costs more than the budget, if there is a topic to tell', () => {
    const alarmTopicArn = 'arn:aws:sns:eu-west-1:123456789012:alarms';
    const other = synth({ ...production, alarmTopicArn, monthlyBudget: 750 });

    expect(only(other, 'aws_budgets_budget')).toMatchObject({
      budget_type: 'COST',
      time_unit: 'MONTHLY',
      limit_amount: '750',
      limit_unit: 'USD',
      notification: [
        { notification_type: 'ACTUAL', threshold: 80, subscriber_sns_topic_arns: [alarmTopicArn] },
        { notification_type: 'FORECASTED', threshold: 100 },
      ],
    });
    expect(only(stack, 'aws_budgets_budget')).not.toHaveProperty('notification');
  });
});

import { describe, expect, it } from 'vitest';
import {
  estimateCost,
  estimateStreamHour,
  KEPT,
  REQUEST,
} from '../../scripts/operations/estimate-cost.ts';
import { GATEWAY_SOURCE, PRICES } from '../../scripts/operations/prices.ts';
import { createApiHandler } from '../../src/lambda/api-handler.ts';
import { COUNT_METRICS } from '../../src/names/metric-names.ts';
import { all, environmentOf, only, synth } from '../cdktf/synth.ts';
import { useDatabase } from '../harness/database.ts';
import { proxyEvent } from '../harness/proxy-event.ts';

// What CloudWatch adds to each line (PutLogEvents).
const LINE_BYTES = 26;

/** What API Gateway writes for a request, in the format of the stage, with values as long as its own. */
function toAccessLine(): string {
  const { format } = only(synth(), 'aws_api_gateway_stage').access_log_settings as {
    format: string;
  };
  const values: Record<string, string> = {
    '$context.requestId': '8f188304-e7b3-4a16-a243-b9470468478a',
    '$context.requestTime': '28/Nov/2026:08:54:12 +0000',
    '$context.identity.sourceIp': '203.0.113.200',
    '$context.identity.apiKeyId': '-',
    '$context.operationName': 'addEvent',
    '$context.httpMethod': 'POST',
    '$context.path': '/v1/events',
    '$context.status': '201',
    '$context.responseLength': '48',
    '$context.responseLatency': '31',
    '$context.integrationLatency': '28',
    '$context.error.responseType': '-',
  };
  return format.replace(/\$context[\w.]+/g, (name) => {
    expect(values, name).toHaveProperty([name]);
    return values[name] ?? '';
  });
}

describe('the estimate of costs', () => {
  const database = useDatabase();

  it('counts the bytes that a stored event writes into logs', async () => {
    const lines: string[] = [];
    const handler = createApiHandler(database.client, {
      service: 'iot-events-production-api',
      log: (line) => lines.push(line),
    });
    const store = (minute: number) =>
      handler(
        proxyEvent({
          method: 'POST',
          path: '/events',
          headers: {
            'content-type': 'application/json',
            'x-amzn-trace-id': 'Root=1-5759e988-bd862e3fe1be46a994272793',
          },
          body: JSON.stringify({
            deviceID: '8f188304-e7b3-4a16-a243-b9470468478a',
            eventType: 'temp_celsius',
            date: `2026-05-05T17:${String(minute).padStart(2, '0')}:35Z`,
            value: 3,
          }),
          apiKeyId: 'iot_0123456789ab',
        }),
      );
    // The first of a process, and of a bucket, says more.
    for (let minute = 0; minute < 20; minute += 1) {
      expect((await store(minute)).statusCode).toBe(201);
    }

    expect(lines).toHaveLength(20);
    const bytes = Buffer.byteLength(lines.at(-1) ?? '') + Buffer.byteLength(toAccessLine());
    const measured = bytes + 2 * LINE_BYTES;
    expect(measured, `measured ${measured}`).toBeGreaterThan(REQUEST.logBytes * 0.95);
    expect(measured, `measured ${measured}`).toBeLessThan(REQUEST.logBytes * 1.05);
  });

  it('counts what production keeps', () => {
    const stack = synth(environmentOf('production'));
    const kept = {
      alarms: all(stack, 'aws_cloudwatch_metric_alarm').length,
      dashboards: all(stack, 'aws_cloudwatch_dashboard').length,
      insightRules: all(stack, 'aws_cloudwatch_contributor_insight_rule').length,
      zones: all(stack, 'aws_subnet').length,
    };

    expect(KEPT).toMatchObject(kept);
    // The router's own metrics, and as many of refusals and of streams.
    expect(KEPT.metrics).toBe(2 * (COUNT_METRICS.length + 2));
    // API Gateway's metrics of each method would cost five of these for each of them.
    expect(only(stack, 'aws_api_gateway_method_settings')).toMatchObject({
      settings: { metrics_enabled: false },
    });
  });

  it('is what it is without requests, and more with each of them', () => {
    const [idle, some, more] = [0, 1e6, 2e6].map(
      (events) => estimateCost({ events, batch: 1 }).total,
    );

    expect(idle).toBeGreaterThan(100);
    expect(idle).toBeLessThan(150);
    expect((more ?? 0) - (some ?? 0)).toBeCloseTo((some ?? 0) - (idle ?? 0));
  });

  it('takes each million of requests at the price of its step', () => {
    const { gateway } = estimateCost({ events: 1_100e6, batch: 1 });

    expect(gateway).toBeCloseTo(333 * 3.5 + 667 * 3.19 + 100 * 2.71);
  });

  it('has the price of an open stream', () => {
    expect(estimateStreamHour()).toBeCloseTo(0.06);
  });
});

describe('the sources of the prices', () => {
  const SOURCES: [string, string][] = [
    ...Object.entries(PRICES).map(([name, { source }]): [string, string] => [name, source]),
    ['gateway', GATEWAY_SOURCE],
  ];

  it.each(SOURCES)('%s has an address or a title, and a date, or is unverified', (_, source) => {
    expect(source).not.toContain('memory');
    if (source.startsWith('unverified')) return;
    expect(source).toMatch(/\b20\d\d\b/);
    expect(source).toMatch(/\w\.\w+\/|"|price list/);
  });
});

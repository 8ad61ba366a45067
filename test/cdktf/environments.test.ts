import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Environment } from '../../cdktf/environment/environments.ts';
import { environments } from '../../cdktf/environment/environments.ts';
import { validateEnvironments } from '../../cdktf/environment/validate-environments.ts';
import { environmentOf } from './synth.ts';

const production = environmentOf('production');
const { cluster, functions, api } = production;
const CERTIFICATE = 'arn:aws:acm:us-east-1:123456789012:certificate/a';

describe('validateEnvironments', () => {
  it('gives back what is right', () => {
    expect(validateEnvironments(environments)).toBe(environments);
    const docs = { domain: 'docs.example.org', certificateArn: CERTIFICATE };
    expect(validateEnvironments([{ ...production, docs }])).toMatchObject([{ docs }]);
  });

  it('has one environment at most that owns the role for logs by default', () => {
    const owners = environments.filter(({ api: { setsAccountLogRole } }) => setsAccountLogRole);
    expect(owners.map(({ name }) => name)).toEqual(['development']);
  });

  it.each<[field: string, wrong: Partial<Environment>]>([
    ['name', { name: 'Production' }],
    ['atlasOrgId', { atlasOrgId: 'mine' }],
    ['state.bucket', { state: { bucket: '', region: 'eu-west-1' } }],
    ['state.region', { state: { bucket: 'states', region: 'Ireland' } }],
    ['region', { region: 'Ireland' }],
    ['cidr', { cidr: '10.0.0.0/8' }],
    ['cluster.tier', { cluster: { ...cluster, tier: 'M2' as 'M10' } }],
    ['cluster.maxTier', { cluster: { ...cluster, tier: 'M30', maxTier: 'M20' } }],
    ['cluster.shards', { cluster: { ...cluster, tier: 'M30', maxTier: 'M40', shards: 0 } }],
    ['cluster.shards', { cluster: { ...cluster, shards: 2 } }],
    ['cluster.diskGb', { cluster: { ...cluster, diskGb: 1 } }],
    ['cluster.backupDays', { cluster: { ...cluster, backupDays: 0 } }],
    ['functions.memoryMb', { functions: { ...functions, memoryMb: 64 } }],
    ['functions.maxConcurrency', { functions: { ...functions, maxConcurrency: 0 } }],
    ['functions.logDays', { functions: { ...functions, logDays: 10 } }],
    ['api.rate', { api: { ...api, rate: 0 } }],
    ['api.burst', { api: { ...api, burst: 1e6 } }],
    ['api.quota.limit', { api: { ...api, quota: { limit: 0.5, period: 'DAY' } } }],
    ['api.corsOrigins', { api: { ...api, corsOrigins: ['example.org'] } }],
    ['api.corsOrigins', { api: { ...api, corsOrigins: ['https://a.org', 'https://b.org/'] } }],
    ['api.corsOrigins', { api: { ...api, corsOrigins: ['https://a.org,https://b.org'] } }],
    ['api.corsOrigins', { api: { ...api, corsOrigins: ['https://a".org'] } }],
    ['api.corsOrigins', { api: { ...api, corsOrigins: [] } }],
    [
      'api.corsOrigins',
      {
        api: { ...api, corsOrigins: ['https://a.org'] },
        docs: { domain: 'docs.a.org', certificateArn: CERTIFICATE },
      },
    ],
    [
      'api.domain.name',
      { api: { ...api, domain: { name: 'a', certificateArn: 'arn:aws:acm:b' } } },
    ],
    [
      'api.domain.certificateArn',
      { api: { ...api, domain: { name: 'a.org', certificateArn: 'mine' } } },
    ],
    ['events.retentionDays', { events: { retentionDays: 0 } }],
    ['events.notBefore', { events: { notBefore: '2026-02-30' } }],
    ['events.notBefore', { events: { notBefore: '2020' } }],
    ['events.notBefore', { events: { notBefore: '2020-01-01T00:00:00Z' } }],
    ['events.notBefore', { events: { notBefore: '2999-01-01' } }],
    [
      'events.eventTypes.mismatches',
      { events: { eventTypes: { mismatches: 'deny' as 'refuse' } } },
    ],
    ['events.eventTypes.types', { events: { eventTypes: { types: { temp: 'refuse' } } } }],
    [
      'events.eventTypes.types',
      { events: { eventTypes: { types: { temp_celsius: 'deny' as 'refuse' } } } },
    ],
    [
      'events.eventTypes.unknownTypes',
      { events: { eventTypes: { unknownTypes: 'deny' as 'refuse' } } },
    ],
    ['docs.domain', { docs: { domain: 'docs', certificateArn: CERTIFICATE } }],
    [
      'docs.domain',
      {
        api: { ...api, domain: { name: 'a.org', certificateArn: 'arn:aws:acm:b' } },
        docs: { domain: 'a.org', certificateArn: CERTIFICATE },
      },
    ],
    [
      'docs.certificateArn',
      { docs: { domain: 'a.org', certificateArn: CERTIFICATE.replace('us-east-1', 'eu-west-1') } },
    ],
    ['monthlyBudget', { monthlyBudget: 0 }],
    ['alarmTopicArn', { alarmTopicArn: 'someone@example.org' }],
  ])('refuses a wrong %s by name, with the remedy', (field, wrong) => {
    const environment = { ...production, ...wrong };

    expect(() => validateEnvironments([environment])).toThrow(`${environment.name}: ${field} `);
  });

  it('names everything that is wrong at once', () => {
    const wrong = { ...production, cidr: '', alarmTopicArn: '' };

    expect(() => validateEnvironments([wrong, wrong])).toThrow(
      /cidr(.|\n)*alarmTopicArn(.|\n)*name/,
    );
  });
});

describe('npm run synth', () => {
  const run = () => {
    const directory = mkdtempSync(join(tmpdir(), 'iot-events-synth-'));
    const { PATH = '' } = process.env;
    const { status, stderr } = spawnSync('npx', ['tsx', 'cdktf/main.ts'], {
      // No credential, and a proxy that nobody answers.
      env: { PATH, CDKTF_OUTDIR: directory, HTTPS_PROXY: 'http://127.0.0.1:9' },
      encoding: 'utf8',
    });
    const names = readdirSync(directory, { recursive: true, encoding: 'utf8' }).sort();
    const files = names.map((name) =>
      name.endsWith('.json') ? [name, readFileSync(join(directory, name), 'utf8')] : [name],
    );
    rmSync(directory, { recursive: true });
    return { status, stderr, files };
  };

  it('writes a stack for each environment, without credentials, the same every time', {
    tags: 'long',
  }, () => {
    const [first, second] = [run(), run()];

    expect(first.status, first.stderr).toBe(0);
    expect(first.files).toEqual(second.files);
    expect(first.files.map(([name]) => name)).toEqual(
      expect.arrayContaining(environments.map(({ name }) => `stacks/${name}/cdk.tf.json`)),
    );
  });
});

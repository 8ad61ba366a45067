import { registry } from '../../openapi/registry.ts';
import { tiers, toConnectionBudget } from './connection-budget.ts';
import type { Environment } from './environments.ts';

type Check = readonly [field: string, valid: boolean, remedy: string];

// The retentions that CloudWatch allows.
const LOG_DAYS = [1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 3653];

/** Returns the environments, or throws one error that lists every invalid value with its remedy. */
export const validateEnvironments = (
  environments: readonly Environment[],
): readonly Environment[] => {
  const names = environments.map(({ name }) => name);
  const wrong = environments.flatMap((environment, index) => [
    ...wrongIn(environment.name, [
      ['name', names.indexOf(environment.name) === index, 'is given twice: choose another'],
    ]),
    ...wrongIn(environment.name, checksOf(environment)),
  ]);
  if (wrong.length > 0)
    throw new Error(['cdktf/environment/environments.ts:', ...wrong].join('\n  '));
  return environments;
};

function wrongIn(name: string, checks: Check[]): string[] {
  return checks.flatMap(([field, valid, remedy]) => (valid ? [] : [`${name}: ${field} ${remedy}`]));
}

function checksOf(environment: Environment): Check[] {
  const { name, state, region, cidr, ...rest } = environment;
  const { cluster, functions, api, events, docs, alarmTopicArn, monthlyBudget } = rest;
  const { domain, corsOrigins: origins } = api;
  const { retentionDays: days, lateDays = 1 } = events;
  return [
    ['name', /^[a-z][a-z0-9-]{0,19}$/.test(name), 'must be a-z, 0-9 and -, at most 20 characters'],
    [
      'atlasOrgId',
      /^[0-9a-f]{24}$/.test(environment.atlasOrgId ?? '0'.repeat(24)),
      'must be 24 hexadecimal digits, or left out',
    ],
    ['state.bucket', state === 'local' || state.bucket !== '', 'must name an S3 bucket'],
    ['state.region', state === 'local' || isRegion(state.region), 'must be one such as eu-west-1'],
    ['region', isRegion(region), 'must be one such as eu-west-1'],
    ['cidr', /^10\.\d{1,3}\.0\.0\/16$/.test(cidr), 'must be a /16 such as 10.20.0.0/16'],
    ['cluster.tier', tiers.includes(cluster.tier), `must be one of ${tiers.join(', ')}`],
    [
      'cluster.maxTier',
      !cluster.maxTier || tiers.indexOf(cluster.maxTier) > tiers.indexOf(cluster.tier),
      'must be a tier above cluster.tier, or left out',
    ],
    [
      'cluster.shards',
      cluster.shards === undefined || isWithin(cluster.shards, 1, 30),
      'must be from 1 to 30, or left out',
    ],
    [
      'cluster.shards',
      cluster.shards === undefined || tiers.indexOf(cluster.tier) >= tiers.indexOf('M30'),
      'needs a cluster.tier of M30 or above',
    ],
    ['cluster.diskGb', isWithin(cluster.diskGb, 10, 4096), 'must be from 10 to 4096'],
    ['cluster.backupDays', isWithin(cluster.backupDays, 1, 365), 'must be from 1 to 365'],
    ['functions.memoryMb', isWithin(functions.memoryMb, 256, 10_240), 'must be from 256 to 10240'],
    ['functions.maxConcurrency', ...checkConcurrency(environment)],
    ...(['logDays', 'auditDays'] as const).map(
      (name): Check => [
        `functions.${name}`,
        LOG_DAYS.includes(functions[name]),
        `must be one of ${LOG_DAYS.join(', ')}`,
      ],
    ),
    ['api.keys', ['scoped', 'plan'].includes(api.keys), 'must be scoped or plan'],
    ['api.rate', isWithin(api.rate, 1, 10_000), "must be from 1 to 10000, an account's own limit"],
    ['api.burst', isWithin(api.burst, 1, 5000), "must be from 1 to 5000, an account's own limit"],
    ['api.quota.limit', isWithin(api.quota.limit, 1, 2 ** 31 - 1), 'must be at least 1'],
    [
      'api.corsOrigins',
      origins === undefined || (origins.length > 0 && origins.every(isOrigin)),
      'must be origins such as https://example.org, without a path, or left out',
    ],
    [
      'api.corsOrigins',
      origins === undefined || typeof docs === 'boolean' || origins.includes(toOrigin(docs.domain)),
      'must include the origin of docs.domain, where the dashboard is',
    ],
    ['api.domain.name', !domain || isHost(domain.name), 'must be a host name'],
    [
      'api.domain.certificateArn',
      !domain || /^arn:[\w-]+:acm:/.test(domain.certificateArn),
      'must be the ARN of a certificate in AWS Certificate Manager: arn:aws:acm:…',
    ],
    ['events.retentionDays', days === undefined || isWithin(days, 1, 24_000), 'must be at least 1'],
    ['events.lateDays', isWithin(lateDays, 1, 24_000), 'must be at least 1'],
    [
      'events.lateDays',
      events.lateDays === undefined || days === undefined || lateDays < days,
      'must be less than events.retentionDays: what is older is deleted',
    ],
    [
      'events.notBefore',
      events.notBefore === undefined || isPastDay(events.notBefore),
      'must be a day that has begun, such as 2020-01-01',
    ],
    ...checkEventTypes(events.eventTypes),
    ['docs.domain', typeof docs === 'boolean' || isHost(docs.domain), 'must be a host name'],
    [
      'docs.domain',
      typeof docs === 'boolean' || docs.domain !== domain?.name,
      "must not be the API's own: choose another",
    ],
    [
      'docs.certificateArn',
      typeof docs === 'boolean' || /^arn:[\w-]+:acm:us-east-1:/.test(docs.certificateArn),
      'must be the ARN of a certificate in us-east-1, where CloudFront looks: arn:aws:acm:us-east-1:…',
    ],
    [
      'alarmTopicArn',
      alarmTopicArn === undefined || /^arn:[\w-]+:sns:/.test(alarmTopicArn),
      "must be an SNS topic's ARN: arn:aws:sns:…",
    ],
    ['monthlyBudget', isWithin(monthlyBudget, 1, 1e6), 'must be whole US dollars, at least 1'],
  ];
}

// Lambda allows all variables of a function 4 KB.
const MAX_POLICY = 2_048;

function checkEventTypes(policy: Environment['events']['eventTypes'] = {}): Check[] {
  const { mismatches = 'observe', types = {}, unknownTypes = 'accept' } = policy;
  const known = new Set(registry.eventTypes.map(({ eventType }) => eventType));
  const isMismatch = (value: string): boolean => ['observe', 'refuse'].includes(value);
  return [
    ['events.eventTypes.mismatches', isMismatch(mismatches), 'must be observe or refuse'],
    [
      'events.eventTypes.types',
      Object.values(types).every(isMismatch),
      'must give each type observe or refuse',
    ],
    [
      'events.eventTypes.types',
      Object.keys(types).every((type) => known.has(type)),
      'must name types of openapi/event-types/ alone; run npm run generate after you add one',
    ],
    [
      'events.eventTypes.unknownTypes',
      unknownTypes === 'accept' || (unknownTypes === 'refuse' && known.size > 0),
      'must be accept, or refuse if openapi/event-types/ has types',
    ],
    [
      'events.eventTypes',
      JSON.stringify(policy).length <= MAX_POLICY,
      'is too long for an environment variable: set mismatches, and name only the other types',
    ],
  ];
}

/** Counts with `tier`, not with `maxTier`, since the cluster may shrink to it. */
function checkConcurrency({ cluster: { tier }, functions }: Environment): [boolean, string] {
  if (!tiers.includes(tier)) return [true, ''];
  const { connections, usable, ofRouterProcess, processes } = toConnectionBudget(tier);
  return [
    isWithin(functions.maxConcurrency, 1, processes),
    `must be from 1 to ${processes}, or cluster.tier larger: of an ${tier}'s ${connections} connections ` +
      `functions may have ${usable}, and each process takes ${ofRouterProcess}, as does the one that ` +
      'it replaces in a deployment',
  ];
}

const isWithin = (value: number, min: number, max: number): boolean =>
  Number.isInteger(value) && value >= min && value <= max;

/** In UTC; a day that does not exist is another one when it is written again. */
function isPastDay(day: string): boolean {
  const start = new Date(`${day}T00:00:00Z`);
  return start.getTime() <= Date.now() && start.toISOString() === `${day}T00:00:00.000Z`;
}

const isHost = (value: string): boolean => /^[a-z0-9-]+(\.[a-z0-9-]+)+$/.test(value);

const toOrigin = (host: string): string => `https://${host}`;

const isOrigin = (value: string): boolean => /^https?:\/\/[a-z0-9.-]+(:\d+)?$/.test(value);

const isRegion = (value: string): boolean => /^[a-z]{2}(-[a-z]+)+-\d$/.test(value);

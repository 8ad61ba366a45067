import type { Tier } from './connection-budget.ts';

/** What differs between one deployment and another. Secrets are variables, never here. */
export type Environment = {
  /** Names the stack, its resources and the API's stage. */
  readonly name: string;
  /** Terraform's state: a file beside cdktf.json, or an S3 bucket that exists, locked by S3 itself. */
  readonly state: 'local' | { readonly bucket: string; readonly region: string };
  /** A /16; three /20 of it are used. */
  readonly cidr: string;
  readonly cluster: {
    readonly tier: Tier;
    /** Where given, Atlas moves the cluster between `tier` and this one. */
    readonly maxTier?: Tier;
    /**
     * Shards of a sharded cluster, first 1, then more; a replica set where not given. Atlas never turns it
     * back. See docs/operations.md, "Scale out".
     */
    readonly shards?: number;
    readonly diskGb: number;
    readonly diskGrows: boolean;
    /** Any second of the last days can be restored; without, the last snapshots. */
    readonly pointInTimeRestore: boolean;
    /** Terraform cannot delete the cluster, nor the image repository while it has images. */
    readonly protected: boolean;
  };
  readonly functions: {
    readonly memoryMb: number;
    /** Concurrent calls at most, reserved for the router; `cluster.tier` must have connections for them. */
    readonly maxConcurrency: number;
    readonly logDays: number;
  };
  readonly api: {
    /**
     * `scoped`: any number of keys, made by `npm run keys`, each with what it is good for; the router checks
     * them. `plan`: one key that may do everything, which API Gateway checks, at no charge for strangers,
     * and holds to a quota.
     */
    readonly keys: 'scoped' | 'plan';
    /** Requests a second: of all clients, which with `plan` have one key. */
    readonly rate: number;
    readonly burst: number;
    /** Of the key of `plan`. */
    readonly quota: { readonly limit: number; readonly period: 'DAY' | 'WEEK' | 'MONTH' };
    /**
     * Whether this stack sets the role with which API Gateway writes logs. AWS has one for each
     * account and region: of environments that share an account, only one may set it.
     */
    readonly setsAccountLogRole: boolean;
    /** The one site whose pages may call the API; any may where it is not given. */
    readonly corsOrigin?: string;
    /** Managed rules against known attacks, at a monthly price. */
    readonly firewall: boolean;
    /** The certificate is one of AWS Certificate Manager, in the API's region. */
    readonly domain?: { readonly name: string; readonly certificateArn: string };
  };
  readonly events: {
    /** Days after which events are deleted; kept for ever where not given. */
    readonly retentionDays?: number;
    /**
     * Days that an event may be late; older ones are refused, and days that old are closed: clients need
     * not ask for them again. As late as they like where not given.
     */
    readonly lateDays?: number;
    /** The yes to a retention that deletes events, now or sooner than they were promised. */
    readonly allowDataLoss?: boolean;
  };
  /**
   * Whether the docs are served, for all to read; under a domain of one's own where one is given. Its
   * certificate is one of AWS Certificate Manager in us-east-1, where CloudFront looks.
   */
  readonly docs: boolean | { readonly domain: string; readonly certificateArn: string };
  /** An SNS topic that is told of alarms. */
  readonly alarmTopicArn?: string;
};

/** Also what the local gateway takes its limits from. */
export const development: Environment = {
  name: 'development',
  state: 'local',
  cidr: '10.20.0.0/16',
  cluster: {
    tier: 'M10',
    diskGb: 10,
    diskGrows: true,
    pointInTimeRestore: false,
    protected: false,
  },
  functions: { memoryMb: 1024, maxConcurrency: 20, logDays: 14 },
  api: {
    keys: 'scoped',
    rate: 50,
    burst: 100,
    quota: { limit: 100_000, period: 'DAY' },
    setsAccountLogRole: true,
    firewall: false,
  },
  events: {},
  docs: true,
};

const staging: Environment = { ...development, name: 'staging', cidr: '10.21.0.0/16' };

const production: Environment = {
  ...development,
  name: 'production',
  cidr: '10.22.0.0/16',
  cluster: {
    tier: 'M10',
    maxTier: 'M30',
    diskGb: 10,
    diskGrows: true,
    pointInTimeRestore: true,
    protected: true,
  },
  functions: { memoryMb: 1024, maxConcurrency: 100, logDays: 365 },
  api: { ...development.api, rate: 500, burst: 1000, quota: { limit: 10_000_000, period: 'DAY' } },
};

export const environments: readonly Environment[] = [development, staging, production];

import type { EventTypePolicy } from '../../src/names/event-type-policy.ts';
import type { Tier } from './connection-budget.ts';

/** The settings of one deployment. Secrets are not among them: they are Terraform variables. */
export type Environment = {
  /** Names the stack, its resources and the API's stage. */
  readonly name: string;
  /**
   * The Atlas organisation: the id in its address, cloud.mongodb.com/v2#/org/<id>. If undefined, the variable
   * TF_VAR_atlas_org_id must name it.
   */
  readonly atlasOrgId?: string;
  /** Terraform's state: a file beside cdktf.json, or an existing S3 bucket, with S3's own lock. */
  readonly state: 'local' | { readonly bucket: string; readonly region: string };
  /** The AWS region of every resource, and of the cluster. A deployment cannot move to another. */
  readonly region: string;
  /** A /16, of which three /20 subnets are used. */
  readonly cidr: string;
  readonly cluster: {
    readonly tier: Tier;
    /** If set, Atlas scales the cluster between `tier` and this one. */
    readonly maxTier?: Tier;
    /**
     * Shards of a sharded cluster: first 1, then more; undefined for a replica set. It cannot be undone. See
     * docs/deploy/scale.md, "Scale out".
     */
    readonly shards?: number;
    /** The disk's size, or with `diskGrows` its least size: a disk never shrinks. */
    readonly diskGb: number;
    readonly diskGrows: boolean;
    /** Whether any second of the last days can be restored, instead of snapshots only. */
    readonly pointInTimeRestore: boolean;
    /** Days for which a backup is kept: what was deleted is gone from the backups after them. */
    readonly backupDays: number;
    /** Whether Terraform is kept from deleting the cluster, and the image repository while it has images. */
    readonly protected: boolean;
  };
  readonly functions: {
    readonly memoryMb: number;
    /** The router's maximum of concurrent calls, reserved for it; `cluster.tier` must have connections for them. */
    readonly maxConcurrency: number;
    readonly logDays: number;
    /** Days for which the audit log is kept: the lines about deletions and changes of keys. */
    readonly auditDays: number;
  };
  readonly api: {
    /**
     * `scoped`: any number of keys, each with its scopes, created by `npm run keys` and checked by the router.
     * `plan`: one key with every scope and a quota, checked by API Gateway, where a request without it costs
     * nothing.
     */
    readonly keys: 'scoped' | 'plan';
    /** Requests per second of all clients. */
    readonly rate: number;
    readonly burst: number;
    /** The quota of the one key of `plan`. */
    readonly quota: { readonly limit: number; readonly period: 'DAY' | 'WEEK' | 'MONTH' };
    /**
     * Whether this stack sets the role with which API Gateway writes logs. AWS has one role per account and region.
     * By default, `development` sets it, since it is deployed first; a teardown leaves it. An environment in another
     * account or region sets its own. A deployment checks it.
     */
    readonly setsAccountLogRole: boolean;
    /**
     * The origins whose pages may call the API; any origin if undefined. The deployed dashboard's must be one of
     * them: that of `docs.domain`, or of the output `docs_url`.
     */
    readonly corsOrigins?: readonly string[];
    /**
     * Whether a web firewall holds back addresses that send many requests without a well-formed key, at a monthly
     * price. It allows each address a tenth of `rate`.
     */
    readonly firewall: boolean;
    /**
     * The API's own domain, with a certificate from AWS Certificate Manager in the API's region. The API is below its
     * major version there, as in `https://events.example.org/v1/events`.
     */
    readonly domain?: { readonly name: string; readonly certificateArn: string };
  };
  readonly events: {
    /** Days for which events are kept; forever if undefined. */
    readonly retentionDays?: number;
    /**
     * Days by which an event may be late; without a limit if undefined. Older events are rejected, and older days
     * are closed: clients need not read them again.
     */
    readonly lateDays?: number;
    /**
     * The day (UTC, as YYYY-MM-DD) before which no device of yours sent anything; 2020-01-01 if undefined. An event
     * with an earlier date is refused with the service's time: the clock of its device was never set.
     */
    readonly notBefore?: string;
    /** Confirms a retention that deletes events at once, or earlier than was set before. */
    readonly allowDataLoss?: boolean;
    /**
     * What becomes of events that the registry in openapi/event-types/ does not describe. By default they are
     * stored, with a warning, and counted. See docs/operations.md, "Event types".
     */
    readonly eventTypes?: EventTypePolicy;
  };
  /**
   * Whether the docs and the dashboard are published, and on which domain: CloudFront's, or one with a certificate from AWS
   * Certificate Manager in us-east-1.
   */
  readonly docs: boolean | { readonly domain: string; readonly certificateArn: string };
  /** The ARN of an SNS topic that receives the alarms; AWS Budgets may need to be allowed to publish to it. */
  readonly alarmTopicArn?: string;
  /** US dollars that the AWS account may cost in a month, before `alarmTopicArn` is told. */
  readonly monthlyBudget: number;
};

/** The local service uses the same limits. */
export const development: Environment = {
  name: 'development',
  state: 'local',
  region: 'eu-west-1',
  cidr: '10.20.0.0/16',
  cluster: {
    tier: 'M10',
    diskGb: 10,
    diskGrows: true,
    pointInTimeRestore: false,
    backupDays: 7,
    protected: false,
  },
  functions: { memoryMb: 1024, maxConcurrency: 20, logDays: 14, auditDays: 90 },
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
  monthlyBudget: 100,
};

const staging: Environment = {
  ...development,
  name: 'staging',
  cidr: '10.21.0.0/16',
  api: { ...development.api, setsAccountLogRole: false },
};

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
    backupDays: 30,
    protected: true,
  },
  functions: { memoryMb: 1024, maxConcurrency: 100, logDays: 365, auditDays: 1827 },
  api: {
    ...development.api,
    rate: 500,
    burst: 1000,
    quota: { limit: 10_000_000, period: 'DAY' },
    setsAccountLogRole: false,
    firewall: true,
  },
  monthlyBudget: 500,
};

export const environments: readonly Environment[] = [development, staging, production];

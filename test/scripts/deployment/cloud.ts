import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { vi } from 'vitest';
import { withFingerprint } from '../../../cdktf/api/with-fingerprint.ts';
import type { Place } from '../../../scripts/deploy/run-deployment.ts';
import { runDeployment } from '../../../scripts/deploy/run-deployment.ts';
import { runTeardown } from '../../../scripts/deploy/teardown/run-teardown.ts';

const CLOUD = fileURLToPath(new URL('./cloud.cjs', import.meta.url));

/** An import document with two operations. One has a model, which differs by its version. */
export const toDocument = (
  version: number,
  schema: object = {},
  edit: (document: ReturnType<typeof createDocument>) => void = () => {},
): string => {
  const document = createDocument({ type: 'object', maxProperties: version, ...schema });
  edit(document);
  return JSON.stringify(withFingerprint(document, JSON.stringify(document)));
};

const createDocument = (schema: object): DocumentWithPaths => ({
  info: { version: '1.0.0' },
  paths: {
    '/events': {
      post: {
        operationId: 'addEvent',
        security: [],
        requestBody: {
          content: { 'application/json': { schema: { $ref: '#/components/schemas/Event' } } },
        },
      },
      options: {},
    },
    '/health': { get: { operationId: 'getHealth' }, options: {} },
  },
  components: { schemas: { Event: schema } },
});

type DocumentWithPaths = {
  info: { version: string };
  paths: Record<string, Record<string, Record<string, unknown>>>;
  components: { schemas: Record<string, object> };
  [extension: `x-${string}`]: unknown;
};

const WORLD = {
  account: '111111111111',
  limit: { ConcurrentExecutions: 1000, UnreservedConcurrentExecutions: 1000 },
  logRole: undefined as string | undefined,
  zones: [1, 2, 3],
  terraform: '1.11.4',
  role: false,
  /** Whether an export lacks the names of preflights: what AWS does is not documented. */
  forgetsNames: false,
  /** The image of each version, the first is 1; that of the alias; that which is not published. */
  versions: [] as string[],
  alias: 0,
  latest: '',
  functionState: 'Active',
  /** Of the alias: the shares of other versions. Of the stage: the settings of a canary. */
  weights: undefined as Record<string, number> | undefined,
  canary: undefined as { percentTraffic: number } | undefined,
  /** What somebody else changes after each apply that succeeds. */
  meanwhile: [] as Record<string, unknown>[],
  state: {} as Record<string, Record<string, unknown>>,
  plan: {},
  wanted: toDocument(1),
  refuses: '',
  /** Of the state: each apply raises it. */
  serial: 1,
  /** Whether Atlas has the project; whether the cluster is protected. */
  project: false,
  protected: false,
  /** What AWS has with the environment's tags, by region, and Terraform does not know. */
  untracked: {} as Record<string, string[]>,
  /** What the registries have: the lock file that Terraform would write, and digests of one letter. */
  providers: 'providers 1',
  digests: {
    'public.ecr.aws/docker/library/node:24-slim': 'a',
    'public.ecr.aws/lambda/nodejs:24': 'b',
  } as Record<string, string>,
  /** Of the stage, as Terraform knows it; what answers GET /health there, if not the alias of the API's function. */
  url: '',
  health: undefined as { status: number; body: string } | undefined,
  /** What a cache on the way has of GET /health, unless it is asked to look again. */
  cached: undefined as { status: number; body: string } | undefined,
  /** Steps that fail once. */
  fails: [] as string[],
};

export type World = typeof WORLD;

const STACK = {
  resource: {
    aws_ecr_repository: { repository: { name: 'iot-events-any' } },
    aws_api_gateway_rest_api: { api: { body: '' } },
    aws_api_gateway_stage: { stage: {} },
    aws_lambda_alias: { live: {} },
    aws_lambda_function: {
      router: { function_name: 'iot-events-any-api', reserved_concurrent_executions: 20 },
    },
    aws_api_gateway_account: { account: {} },
    aws_iam_role: { other: { name: 'other' }, log: { name: 'iot-events-any-gateway-log' } },
    mongodbatlas_project: { project: {} },
    mongodbatlas_privatelink_endpoint: { offer: {} },
    mongodbatlas_advanced_cluster: { cluster: {} },
  },
};

/**
 * Puts stand-ins for `terraform`, `aws` and `docker` on the PATH of this process, and one for the stage on a port;
 * `remove` ends them.
 */
export const createCloud = (given: Partial<World> = {}) => {
  const root = mkdtempSync(join(tmpdir(), 'iot-events-cloud-'));
  const stack = join(root, 'stack');
  mkdirSync(stack);
  for (const tool of ['terraform', 'aws', 'docker']) {
    const script = `#!/bin/sh\nexec '${process.execPath}' '${CLOUD}' ${tool} "$@"\n`;
    writeFileSync(join(root, tool), script, { mode: 0o755 });
  }
  vi.stubEnv('PATH', `${root}:${process.env.PATH}`);
  vi.stubEnv('WORLD', root);
  const file = join(root, 'world.json');
  const read = (): World & { api?: string; stage?: string; planFile?: string } =>
    JSON.parse(readFileSync(file, 'utf8'));
  const write = (world: World) => {
    const api = { aws_api_gateway_rest_api: { api: { body: world.wanted } } };
    const text = JSON.stringify({ resource: { ...STACK.resource, ...api } });
    writeFileSync(join(stack, 'cdk.tf.json'), text);
    writeFileSync(file, JSON.stringify(world));
  };
  const change = (changed: Partial<World>) => write({ ...read(), ...changed });
  // Without a host, it listens at once.
  const server = createServer(({ headers }, response) => {
    const { versions, alias, stage = '{}', health, cached } = read();
    const isFresh = headers['cache-control']?.includes('no-cache');
    const { info } = JSON.parse(stage);
    const own = { status: 'ok', version: info?.version, build: versions[alias - 1] };
    const { status, body } = (isFresh ? health : (cached ?? health)) ?? {
      status: 200,
      body: JSON.stringify(own),
    };
    response.writeHead(status).end(body);
  }).listen(0);
  const { port } = server.address() as AddressInfo;
  write({ ...WORLD, url: `http://127.0.0.1:${port}/any`, ...given });
  return {
    directory: stack,
    read,
    change,
    readLog: () => readFileSync(join(root, 'log'), 'utf8').trim().split('\n'),
    remove: () => {
      vi.unstubAllEnvs();
      server.close();
      server.closeAllConnections();
      rmSync(root, { recursive: true });
    },
    /** The folder of locks. */
    locks: join(root, 'locks'),
    /** Deploys an image, without asking. */
    deploy: (
      tag: string,
      {
        region,
        replace,
        env,
        options = [],
        unreached,
        confirm = async () => true,
      }: DeployProps = {},
    ) =>
      runDeployment({
        ...toPlace(root, { region, env }),
        build: async () => tag,
        options,
        consent: { replace: new Set(replace), confirm, ...(unreached && { unreached }) },
        patienceMs: 0,
      }),
    destroy: ({ agreed = true, region, env }: DestroyProps = {}) =>
      runTeardown({ ...toPlace(root, { region, env }), agreed, patienceMs: 0 }),
  };
};

type PlaceProps = { region?: string | undefined; env?: Record<string, string> | undefined };
type DeployProps = PlaceProps & {
  replace?: string[];
  options?: string[];
  unreached?: boolean;
  confirm?: () => Promise<boolean>;
};
type DestroyProps = PlaceProps & { agreed?: boolean };

const toPlace = (root: string, { region = 'eu-west-1', env = {} }: PlaceProps): Place => ({
  name: 'iot-events-any',
  region,
  directory: join(root, 'stack'),
  locks: join(root, 'locks'),
  env: {
    TF_VAR_atlas_org_id: '0123456789abcdef01234567',
    MONGODB_ATLAS_PUBLIC_KEY: 'public',
    MONGODB_ATLAS_PRIVATE_KEY: 'private',
    ...env,
  },
});

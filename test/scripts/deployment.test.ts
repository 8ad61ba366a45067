import { existsSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { AtlasReplies } from './deployment/atlas.ts';
import { createAtlas } from './deployment/atlas.ts';
import type { World } from './deployment/cloud.ts';
import { createCloud, toDocument } from './deployment/cloud.ts';

const [FIRST, SECOND] = ['aaaaaaaaaaaaaaaa', 'bbbbbbbbbbbbbbbb'] as const;
const ORG = '/orgs/0123456789abcdef01234567';

let cloud: ReturnType<typeof createCloud>;
let atlas: Awaited<ReturnType<typeof createAtlas>>;
const replies: AtlasReplies = {};

beforeEach(async () => {
  for (const path of Object.keys(replies)) delete replies[path];
  replies[ORG] = [200, {}];
  atlas = await createAtlas(replies);
  cloud = createCloud();
  vi.spyOn(console, 'log').mockImplementation(() => {});
});
afterEach(() => {
  vi.restoreAllMocks();
  atlas.close();
  cloud.remove();
});

const deploy = (tag: string, props: Parameters<typeof cloud.deploy>[1] = {}) =>
  cloud.deploy(tag, { ...props, env: { MONGODB_ATLAS_BASE_URL: atlas.url, ...props.env } });

const faultsOf = async (change: Partial<World>): Promise<string[]> => {
  cloud.change(change);
  const refused = await deploy(FIRST).catch((error) => error);
  expect(cloud.readLog().filter((line) => /terraform .*(init|apply)/.test(line))).toEqual([]);
  return refused.errors;
};

describe('a deployment that ends well', { tags: 'long' }, () => {
  /** The live alias runs the image, and the stage serves the contract. */
  const expectDeployed = (tag: string) => {
    const { versions, alias, stage, wanted, planFile } = cloud.read();
    expect(versions[alias - 1]).toBe(tag);
    expect(stage).toBe(wanted);
    expect(existsSync(planFile ?? '')).toBe(false);
  };

  it('has made the live alias and the stage what was asked for', async () => {
    await deploy(FIRST);
    expectDeployed(FIRST);
    expect(cloud.readLog().join('\n')).not.toMatch(/publish-version|put-rest-api/);
  });

  it.each(['publish', 'import', 'deployment'])('follows one that was cut at: %s', async (step) => {
    await deploy(FIRST);
    cloud.change({ wanted: toDocument(2), fails: [step] });

    await expect(deploy(SECOND)).rejects.toThrow('Command failed with exit code 1: terraform');
    await deploy(SECOND);

    expectDeployed(SECOND);
  });

  it('does not follow a contract that AWS refuses, however often it is tried', async () => {
    await deploy(FIRST);
    cloud.change({ wanted: toDocument(2), refuses: toDocument(2) });

    await expect(deploy(SECOND)).rejects.toThrow('apply');
    await expect(deploy(SECOND)).rejects.toThrow('put-rest-api');
    await expect(deploy(SECOND)).rejects.toThrow('put-rest-api');

    cloud.change({ wanted: toDocument(3) });
    await deploy(SECOND);
    expectDeployed(SECOND);
  });

  it('follows once AWS no longer throttles the mending', async () => {
    await deploy(FIRST);
    cloud.change({ wanted: toDocument(2), fails: ['import', 'put-rest-api'] });

    await expect(deploy(SECOND)).rejects.toThrow('terraform');
    await expect(deploy(SECOND)).rejects.toThrow('put-rest-api');
    await deploy(SECOND);

    expectDeployed(SECOND);
  });

  it.each<
    [string, (document: Parameters<NonNullable<Parameters<typeof toDocument>[2]>>[0]) => void]
  >([
    [
      'gateway responses',
      (all) => Object.assign(all, { 'x-amazon-apigateway-gateway-responses': {} }),
    ],
    [
      'the key source',
      (all) => Object.assign(all, { 'x-amazon-apigateway-api-key-source': 'HEADER' }),
    ],
    [
      'the validators',
      (all) => Object.assign(all, { 'x-amazon-apigateway-request-validators': {} }),
    ],
    [
      'the compression',
      (all) => Object.assign(all, { 'x-amazon-apigateway-minimum-compression-size': 1 }),
    ],
    [
      'an integration',
      (all) =>
        Object.assign(all.paths['/events']?.post ?? {}, {
          'x-amazon-apigateway-integration': { uri: 'new' },
        }),
    ],
    [
      'the preflight',
      (all) => Object.assign(all.paths['/events']?.options ?? {}, { responses: { 204: {} } }),
    ],
    [
      "a parameter's schema",
      (all) =>
        Object.assign(all.paths['/events']?.post ?? {}, {
          parameters: [{ name: 'deviceID', in: 'path', schema: { maxLength: 1 } }],
        }),
    ],
    [
      'a status',
      (all) => Object.assign(all.paths['/events']?.post ?? {}, { responses: { 418: {} } }),
    ],
    ['the version', (all) => Object.assign(all.info, { version: '1.0.1' })],
  ])(
    'follows a contract whose import was refused once, and differs only in %s',
    async (_, edit) => {
      await deploy(FIRST);
      cloud.change({ wanted: toDocument(1, {}, edit), fails: ['import'] });

      await expect(deploy(FIRST)).rejects.toThrow('terraform');
      await deploy(FIRST);

      expectDeployed(FIRST);
    },
  );

  it('is proved by what the export tells, if that has no names of preflights', async () => {
    cloud.change({ forgetsNames: true });
    await deploy(FIRST);
    cloud.change({ wanted: toDocument(2), fails: ['import'] });

    await expect(deploy(FIRST)).rejects.toThrow('terraform');
    await deploy(FIRST);

    expectDeployed(FIRST);
  });

  it('does not follow an apply of a part', async () => {
    await expect(deploy(FIRST, { options: ['-target=aws_vpc.vpc'] })).rejects.toThrow(
      'aws_api_gateway_stage.stage was not made',
    );
    await deploy(FIRST);
    cloud.change({ wanted: toDocument(2) });

    const other = deploy(FIRST, { options: ['-target=aws_vpc.vpc'] });
    await expect(other).rejects.toThrow(
      'iot-events-any: Terraform has imported another contract than the one that was synthesised\n  -target=aws_vpc.vpc left out the rest',
    );
    expect(cloud.readLog().join('\n')).not.toContain('put-rest-api');

    await deploy(FIRST);
    expectDeployed(FIRST);
  });

  it.each([
    [
      'another image',
      { status: 200, body: '{"version":"1.0.0","build":"old"}' },
      `it runs old, not ${FIRST}`,
    ],
    [
      'another contract',
      { status: 200, body: `{"version":"0.9.0","build":"${FIRST}"}` },
      'it has the contract 0.9.0, not 1.0.0',
    ],
    ['something else', { status: 200, body: 'welcome' }, 'runs an unnamed image'],
    ['a failure', { status: 502, body: '{}' }, 'it answers 502'],
  ])('does not follow a stage that answers GET /health with %s', async (_, health, reason) => {
    cloud.change({ health });
    await expect(deploy(FIRST)).rejects.toThrow(
      `The deployment is not complete:\n  GET ${cloud.read().url}/health: `,
    );
    await expect(deploy(FIRST)).rejects.toThrow(reason);
    expect(cloud.readLog().join('\n')).toContain('put-rest-api');
  });

  it('is asked past a cache on the way', async () => {
    cloud.change({ cached: { status: 200, body: '{"version":"1.0.0","build":"old"}' } });

    await deploy(FIRST);

    expectDeployed(FIRST);
  });

  it.each<[string, Partial<World>, string]>([
    ['is private', { url: 'http://127.0.0.1:65533/any' }, 'ECONNREFUSED'],
    [
      'lets other addresses in',
      { health: { status: 403, body: '{"message":"Forbidden"}' } },
      'it answers 403',
    ],
  ])('does not follow a stage that %s, unless the operator knows', async (_, change, reason) => {
    cloud.change(change);
    await expect(deploy(FIRST)).rejects.toThrow(/cannot be answered here: .*add --yes-unreached/);
    await expect(deploy(FIRST)).rejects.toThrow(reason);
    expect(cloud.readLog().join('\n')).not.toContain('put-rest-api');

    await deploy(FIRST, { unreached: true });
    expect(console.log).toHaveBeenCalledWith(expect.stringContaining(reason));
  });

  it('does not follow a question that another shell has answered with a deployment', async () => {
    const confirm = async () => {
      await deploy(SECOND);
      return true;
    };

    await expect(deploy(FIRST, { confirm })).rejects.toThrow('terraform');

    expectDeployed(SECOND);
  });

  it('does not follow other providers than were locked', async () => {
    await deploy(FIRST);
    const { serial } = cloud.read();
    cloud.change({ providers: 'providers 2' });

    await expect(deploy(SECOND)).rejects.toThrow('npm run locks shows the difference');

    expect(cloud.read().serial).toBe(serial);
  });

  const MEANWHILE: [string, Record<string, unknown>, string][] = [
    ['moves the alias', { alias: 1 }, `iot-events-any-api:live runs ${FIRST}, not`],
    [
      'lets the alias send a share to another version',
      { weights: { 1: 0.5 } },
      'iot-events-any-api:live sends 50 % of its requests to version 1',
    ],
    [
      "puts the stage's earlier deployment back",
      { stage: toDocument(1) },
      'the stage any of iot-events-any serves another contract',
    ],
    [
      'lets a canary of the stage answer',
      { canary: { percentTraffic: 10 } },
      'a canary answers 10 % of the requests to the stage any',
    ],
  ];

  it.each(MEANWHILE)('follows somebody who %s: it is put right', async (_, change, reason) => {
    await deploy(FIRST);
    cloud.change({ wanted: toDocument(2), meanwhile: [change] });

    await deploy(SECOND);

    expectDeployed(SECOND);
    expect(cloud.read()).not.toHaveProperty(Object.keys(change).join(), Object.values(change)[0]);
    expect(console.log).toHaveBeenCalledWith(expect.stringContaining(reason));
  });

  it.each(MEANWHILE)('does not follow somebody who %s again', async (_, change, reason) => {
    await deploy(FIRST);
    cloud.change({ wanted: toDocument(2), meanwhile: [change, change] });

    await expect(deploy(SECOND)).rejects.toThrow(reason);
  });

  it('does not follow a function that AWS cannot start', async () => {
    cloud.change({ functionState: 'Failed' });

    await expect(deploy(FIRST)).rejects.toThrow('iot-events-any-api:live is Failed (ImageDeleted)');
  });

  it.each(['TF_CLI_ARGS', 'TF_CLI_ARGS_plan'])(
    'does not follow an apply of a part, by %s',
    async (name) => {
      await deploy(FIRST);
      vi.stubEnv(name, '-no-color -target=aws_vpc.vpc');

      await expect(deploy(FIRST)).rejects.toThrow('-target=aws_vpc.vpc left out the rest');
    },
  );

  it.each(['AWS_REGION', 'AWS_DEFAULT_REGION'])(
    'asks its own region, whatever %s is',
    async (name) => {
      vi.stubEnv(name, 'us-east-1');
      await deploy(FIRST);

      const asked = cloud.readLog().filter((line) => /^aws (?!sts|iam|--version)/.test(line));
      expect(asked.length).toBeGreaterThan(5);
      for (const line of asked) expect(line).toContain('--region eu-west-1');
    },
  );

  it('does not follow if mending changes nothing', async () => {
    await deploy(FIRST);
    cloud.change({ latest: 'other', versions: ['other'] });

    await expect(deploy(FIRST)).rejects.toThrow(
      `The deployment is not complete:\n  iot-events-any-api:live runs other, not the image ${FIRST}`,
    );
  });
});

describe('a deployment whose state is not the one of what runs', { tags: 'long' }, () => {
  const expectNothingDone = () =>
    expect(
      cloud.readLog().filter((line) => /^terraform \S+ (plan|apply) /.test(line)),
    ).toHaveLength(2);

  beforeEach(() => deploy(FIRST));

  it('is refused from another shell, without the state', async () => {
    cloud.change({ state: {} });

    await expect(deploy(SECOND)).rejects.toThrow(
      'iot-events-any is deployed already, but the state',
    );
    expectNothingDone();
  });

  it("is refused with another environment's state", async () => {
    const { state } = cloud.read();
    cloud.change({
      state: { ...state, 'aws_api_gateway_rest_api.api': { name: 'iot-events-other' } },
    });

    await expect(deploy(SECOND)).rejects.toThrow('the state is of iot-events-other');
    expectNothingDone();
  });

  it('is refused in another account, or region', async () => {
    await expect(deploy(SECOND, { region: 'us-east-1' })).rejects.toThrow('--yes-replace=region');
    cloud.change({ account: '222222222222' });
    await expect(deploy(SECOND)).rejects.toThrow('--yes-replace=account');
    expectNothingDone();
  });
});

describe('a plan that loses something', { tags: 'long' }, () => {
  const toChange = (
    type: string,
    actions: string[],
    before: unknown = {},
    after: unknown = null,
  ) => ({
    address: `${type}.it`,
    type,
    change: { actions, before, after },
  });
  const keyed = (hash?: string) => ({ environment: [{ variables: { PLAIN_KEY_HASH: hash } }] });
  const inRegions = (...names: string[]) => ({
    replication_specs: names.map((name) => ({ region_configs: [{ region_name: name }] })),
  });
  const cluster = 'mongodbatlas_advanced_cluster';

  it.each([
    [
      'key',
      { resource_changes: [toChange('aws_lambda_function', ['update'], keyed('ab'), keyed())] },
    ],
    [
      'key',
      { resource_changes: [toChange('aws_lambda_function', ['update'], keyed('ab'), keyed('cd'))] },
    ],
    ['cluster', { resource_changes: [toChange(cluster, ['delete', 'create'])] }],
    ['cluster', { resource_drift: [toChange(cluster, ['delete'])] }],
    [
      'region',
      { resource_changes: [toChange(cluster, ['update'], inRegions('A'), inRegions('B'))] },
    ],
    [
      'shards',
      { resource_changes: [toChange(cluster, ['update'], inRegions('A', 'A'), inRegions('A'))] },
    ],
    ['project', { resource_changes: [toChange('mongodbatlas_project', ['create', 'delete'])] }],
    ['link', { resource_changes: [toChange('aws_vpc_endpoint', ['delete', 'create'])] }],
    ['api', { resource_changes: [toChange('aws_api_gateway_rest_api', ['delete', 'create'])] }],
    ['images', { resource_changes: [toChange('aws_ecr_repository', ['delete'])] }],
  ])('needs --yes-replace=%s, also under CI=true', async (word, plan) => {
    vi.stubEnv('CI', 'true');
    cloud.change({ plan });

    const other = { replace: ['other'] };
    await expect(deploy(FIRST, other)).rejects.toThrow(`--yes-replace=${word}`);
    expect(cloud.readLog().join('\n')).not.toContain(' apply');
    await deploy(FIRST, { replace: ['other', word] });
  });

  it('goes through where nothing is lost', async () => {
    const changes = [
      toChange('aws_lambda_function', ['update'], keyed('ab'), keyed('ab')),
      toChange('aws_lambda_function', ['update'], keyed(), keyed('ab')),
      toChange('aws_api_gateway_deployment', ['create', 'delete']),
      toChange(cluster, ['update'], inRegions('A'), inRegions('A', 'A')),
    ];
    cloud.change({ plan: { resource_changes: changes } });

    await deploy(FIRST);
  });
});

describe('before anything is made', { tags: 'long' }, () => {
  it.each<[string, Partial<World>, string]>([
    [
      'a new account gives too few processes',
      { limit: { ConcurrentExecutions: 10, UnreservedConcurrentExecutions: 10 } },
      'desired-value 120',
    ],
    [
      'another environment owns the role for logs',
      { logRole: 'arn:aws:iam::1:role/iot-events-b-gateway-log' },
      'iot-events-b-gateway-log',
    ],
    ['the region has one zone', { zones: [1] }, 'has 1 zones'],
    ['Terraform is too old', { terraform: '1.9.8' }, 'terraform is 1.9.8: install 1.11.0 or later'],
  ])('it is told that %s', async (_, change, fault) => {
    expect(await faultsOf(change)).toEqual([expect.stringContaining(fault)]);
  });

  it.each<[string, AtlasReplies[string], string]>([
    [
      'does not let this machine in',
      [403, { errorCode: 'IP_ADDRESS_NOT_ON_ACCESS_LIST', detail: 'IP 1.2.3.4' }],
      "add this machine's address",
    ],
    [
      'is of another organisation',
      [403, { errorCode: 'USER_UNAUTHORIZED' }],
      'not of the organisation',
    ],
    ['is wrong', [401, {}], 'no valid pair'],
  ])('it is told that the Atlas key %s', async (_, reply, fault) => {
    replies[ORG] = reply;
    expect(await faultsOf({})).toEqual([expect.stringContaining(fault)]);
  });

  const KEYS = `${ORG}/apiKeys?itemsPerPage=500`;
  const withRoles = (...names: string[]): AtlasReplies[string] => [
    200,
    {
      results: [
        { publicKey: 'other', roles: [{ orgId: ORG.slice(6), roleName: 'ORG_OWNER' }] },
        {
          publicKey: 'public',
          roles: names.map((roleName) => ({ orgId: ORG.slice(6), roleName })),
        },
      ],
    },
  ];

  it('it is told that the Atlas key may not create the project', async () => {
    replies[KEYS] = withRoles('ORG_MEMBER', 'ORG_READ_ONLY');

    expect(await faultsOf({})).toEqual([
      'the Atlas API key has the roles ORG_MEMBER, ORG_READ_ONLY: give it Organization Project Creator, since the project iot-events-any is to be created',
    ]);
  });

  it.each([
    [
      'it may create projects',
      () => Object.assign(replies, { [KEYS]: withRoles('ORG_GROUP_CREATOR') }),
    ],
    ['it owns the organisation', () => Object.assign(replies, { [KEYS]: withRoles('ORG_OWNER') })],
    ['Atlas does not tell its roles', () => Object.assign(replies, { [KEYS]: [403, {}] })],
    [
      'the project exists',
      () =>
        Object.assign(replies, {
          [KEYS]: withRoles('ORG_MEMBER'),
          '/groups/byName/iot-events-any': [200, { id: 'p1' }],
        }),
    ],
  ])('it is not refused an Atlas key where %s', async (_, prepare) => {
    prepare();
    cloud.change({ zones: [1] });
    const refused = await deploy(FIRST).catch((error) => error);

    expect(refused.errors).toEqual([expect.stringContaining('has 1 zones')]);
  });

  it('it is told everything at once', async () => {
    replies[ORG] = [401, {}];
    const change = {
      limit: { ConcurrentExecutions: 10, UnreservedConcurrentExecutions: 10 },
      zones: [1],
      terraform: '1.5.0',
    };
    expect(await faultsOf(change)).toHaveLength(4);
  });
});

describe('an interrupted deployment', { tags: 'long' }, () => {
  it('is resumed: what Terraform does not know is imported, with a word', async () => {
    replies['/groups/byName/iot-events-any'] = [200, { id: 'p1' }];
    replies['/groups/p1/clusters/iot-events-any'] = [200, { name: 'iot-events-any' }];
    replies['/groups/p1/privateEndpoint/AWS/endpointService'] = [
      200,
      [{ id: 'l1', regionName: 'EU_WEST_1' }],
    ];
    cloud.change({ state: { 'mongodbatlas_project.project': { id: 'p1' } } });

    await deploy(FIRST);

    const imports = cloud
      .readLog()
      .flatMap((line) => line.split(/ import .*image_tag=\w+ /).slice(1));
    expect(imports).toEqual([
      'mongodbatlas_privatelink_endpoint.offer p1-l1-AWS-EU_WEST_1',
      'mongodbatlas_advanced_cluster.cluster p1-iot-events-any',
    ]);
    expect(console.log).toHaveBeenCalledWith(
      expect.stringMatching(/cluster.* does not know it: importing/),
    );
  });

  it('imports the role for logs that an earlier deployment left', async () => {
    cloud.change({ role: true, logRole: 'arn:aws:iam::1:role/iot-events-any-gateway-log' });

    await deploy(FIRST);

    expect(cloud.readLog().join('\n')).toContain('aws_iam_role.log iot-events-any-gateway-log');
  });
});

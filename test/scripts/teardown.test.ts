import { spawnSync } from 'node:child_process';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { AtlasReplies } from './deployment/atlas.ts';
import { createAtlas } from './deployment/atlas.ts';
import type { World } from './deployment/cloud.ts';
import { createCloud } from './deployment/cloud.ts';

const IMAGE = 'aaaaaaaaaaaaaaaa';
const ROLE = 'arn:aws:iam::1:role/iot-events-any-gateway-log';

let cloud: ReturnType<typeof createCloud>;
let atlas: Awaited<ReturnType<typeof createAtlas>>;
const replies: AtlasReplies = {};

beforeEach(async () => {
  for (const path of Object.keys(replies)) delete replies[path];
  replies['/orgs/0123456789abcdef01234567'] = [200, {}];
  replies['/groups/byName/iot-events-any'] = () =>
    cloud.read().project ? [200, { id: 'p1' }] : [401, {}];
  atlas = await createAtlas(replies);
  cloud = createCloud();
  vi.spyOn(console, 'log').mockImplementation(() => {});
});
afterEach(() => {
  vi.restoreAllMocks();
  atlas.close();
  cloud.remove();
});

const deploy = () => cloud.deploy(IMAGE, { env: { MONGODB_ATLAS_BASE_URL: atlas.url } });
const destroy = (props: Parameters<typeof cloud.destroy>[0] = {}) =>
  cloud.destroy({ ...props, env: { MONGODB_ATLAS_BASE_URL: atlas.url } });
const countDeletions = () => cloud.readLog().filter((line) => / apply -destroy /.test(line)).length;

describe('a teardown', { tags: 'long' }, () => {
  let deployed: World | undefined;

  // Once: a deployment is some thirty processes.
  beforeEach(async () => {
    if (deployed) return cloud.change({ ...deployed, url: cloud.read().url });
    await deploy();
    deployed = cloud.read();
  });

  it('leaves nothing but the role with which other environments write their logs', async () => {
    await destroy();

    expect(cloud.read()).toMatchObject({ state: {}, project: false, role: true, logRole: ROLE });
    await destroy();
    await deploy();
    expect(cloud.readLog().join('\n')).toContain('aws_iam_role.log iot-events-any-gateway-log');
  });

  it('only shows what would be deleted, unless it is agreed to', async () => {
    const { state } = cloud.read();

    await destroy({ agreed: false });

    expect(cloud.read().state).toEqual(state);
    expect(cloud.readLog().at(-1)).toContain(' plan -destroy -input=false ');
    expect(countDeletions()).toBe(0);
  });

  it.each(['aws_vpc.vpc', 'aws_lambda_alias.live', 'mongodbatlas_project.project'])(
    'goes on where it was cut: at %s',
    async (step) => {
      cloud.change({ fails: [step] });

      await expect(destroy()).rejects.toThrow('stopped half-way. Run it again');
      expect(Object.keys(cloud.read().state)).toContain(step);
      await destroy();

      expect(cloud.read()).toMatchObject({ state: {}, project: false, logRole: ROLE });
    },
  );

  it('deletes the cluster that an interrupted deployment left, too', async () => {
    const { 'mongodbatlas_advanced_cluster.cluster': _, ...state } = cloud.read().state;
    cloud.change({ state });
    replies['/groups/p1/clusters/iot-events-any'] = [200, { name: 'iot-events-any' }];

    await destroy();

    expect(cloud.readLog().join('\n')).toContain('mongodbatlas_advanced_cluster.cluster p1-');
    expect(cloud.read().state).toEqual({});
  });

  it('deletes nothing if that cluster is protected', async () => {
    const { 'mongodbatlas_advanced_cluster.cluster': _, ...state } = cloud.read().state;
    cloud.change({ state, protected: true });
    replies['/groups/p1/clusters/iot-events-any'] = [200, { name: 'iot-events-any' }];

    await expect(destroy()).rejects.toThrow('set cluster.protected to false');
    expect(countDeletions()).toBe(0);
  });

  it.each<[string, Partial<World>, string]>([
    [
      'AWS has it, and Terraform does not know',
      { untracked: { 'eu-west-1': ['arn:aws:ec2:eu-west-1:1:vpc-endpoint/vpce-1'] } },
      'arn:aws:ec2:eu-west-1:1:vpc-endpoint/vpce-1 is on AWS',
    ],
    [
      'it is of CloudFront, which is in another region',
      { untracked: { 'us-east-1': ['arn:aws:cloudfront::1:distribution/E1'] } },
      'arn:aws:cloudfront::1:distribution/E1 is on AWS',
    ],
  ])('fails with what is left: %s', async (_, change, message) => {
    cloud.change(change);

    await expect(destroy()).rejects.toThrow(message);
    cloud.change({ untracked: {} });
    await destroy();
  });

  it("does not mind that AWS's index of tags lags behind", async () => {
    const { arn } = cloud.read().state['aws_vpc.vpc'] ?? {};
    cloud.change({ untracked: { 'eu-west-1': [String(arn)] } });

    await destroy();
  });

  it('fails while Atlas still has the project', async () => {
    replies['/groups/byName/iot-events-any'] = [200, { id: 'p1' }];

    await expect(destroy()).rejects.toThrow('The project iot-events-any is in Atlas');
  });

  it.each<[string, Partial<World>, string]>([
    ['another account', { account: '222222222222' }, 'AWS account 111111111111'],
    ['no state, though it is deployed', { state: {} }, 'is deployed already, but the state'],
    [
      "another environment's state, half-empty",
      { state: { 'aws_subnet.a': { tags_all: { Environment: 'other' } } } },
      'the state is of iot-events-other',
    ],
  ])('deletes nothing with %s', async (_, change, message) => {
    cloud.change(change);
    const { state } = cloud.read();

    await expect(destroy()).rejects.toThrow(message);

    expect(countDeletions()).toBe(0);
    expect(cloud.read().state).toEqual(state);
  });

  it('deletes nothing of a protected environment, and tells how', async () => {
    cloud.change({ protected: true, state: {}, versions: [] });
    await deploy();

    await expect(destroy()).rejects.toThrow('set cluster.protected to false');
    expect(countDeletions()).toBe(0);
  });
});

describe('npm run destroy', { tags: 'long' }, () => {
  const run = (...args: string[]) =>
    spawnSync(process.execPath, ['--import', 'tsx', 'scripts/deploy/destroy.ts', ...args], {
      encoding: 'utf8',
      // No command is found, and no secret is set.
      env: { PATH: '/nonexistent' },
    });

  it.each([
    [[], 'Name one environment, development or staging or production'],
    [['development', 'staging'], 'Name one environment'],
    [['production', '--yes=development'], '--yes names development, not production'],
    [['production', '--yes='], '--yes names nothing, not production'],
    [['production', '--yes'], "Option '--yes <value>' argument missing"],
  ])('refuses %j', (args, message) => {
    const { status, stdout, stderr } = run(...args);

    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toContain(`✖ ${message}`);
  });

  it('tells all that is missing, and does nothing', () => {
    const { status, stdout, stderr } = run('development', '--yes=development');

    expect([status, stdout]).toEqual([1, '']);
    // Three variables, Terraform and AWS; it needs no Docker.
    expect(stderr.match(/^✖ .+$/gm)).toHaveLength(5);
  });
});

import { Testing } from 'cdktf';
import { describe, expect, it } from 'vitest';
import { Atlas } from '../../cdktf/database/atlas.ts';
import type { Tier } from '../../cdktf/environment/connection-budget.ts';
import { tiers } from '../../cdktf/environment/connection-budget.ts';
import type { Environment } from '../../cdktf/environment/environments.ts';
import { Network } from '../../cdktf/network/network.ts';
import { evaluate, hasTerraform } from './evaluate.ts';
import { environmentOf, only } from './synth.ts';

const { cluster, region, cidr } = environmentOf('production');
const NAME = 'iot-events-production';

type Size = { instance_size: Tier; disk_size_gb: number };
type Cluster = Environment['cluster'];
type Limits = Partial<Cluster>;
type Spec = {
  region_configs: {
    electable_specs: Size;
    auto_scaling: {
      compute_min_instance_size: Tier;
      compute_max_instance_size: Tier;
    };
  }[];
};

/** A shard, as Atlas has scaled it. */
const has = (instance_size: Tier, disk_size_gb = 10): Size => ({ instance_size, disk_size_gb });

/** Each step of docs/deploy/scale.md: what the environment says, what there is, and what shall be. */
const STEPS: [step: string, limits: Limits, current: Size[], want: Size[]][] = [
  ['the first deployment', {}, [], [has('M10')]],
  ['nothing changes', {}, [has('M10')], [has('M10')]],
  ['Atlas has scaled it up', {}, [has('M20', 20)], [has('M20', 20)]],
  ['tier is raised above its size', { tier: 'M20' }, [has('M10')], [has('M20')]],
  ['tier is raised below its size', { tier: 'M20' }, [has('M30', 40)], [has('M30', 40)]],
  ['maxTier is raised', { maxTier: 'M50' }, [has('M30')], [has('M30')]],
  ['maxTier is lowered below its size', { maxTier: 'M20' }, [has('M30')], [has('M20')]],
  ['both are raised', { tier: 'M40', maxTier: 'M50' }, [has('M30')], [has('M40')]],
  ['the disk is raised', { diskGb: 80 }, [has('M10', 12)], [has('M10', 80)]],
  ['the disk has grown further', { diskGb: 80 }, [has('M10', 120)], [has('M10', 120)]],
  ['it is sharded', { tier: 'M30', maxTier: 'M40', shards: 1 }, [has('M10', 30)], [has('M30', 30)]],
  [
    'it gets a second shard',
    { tier: 'M30', maxTier: 'M40', shards: 2 },
    [has('M40', 60)],
    [has('M40', 60), has('M40', 60)],
  ],
  [
    'its shards were scaled apart',
    { tier: 'M30', maxTier: 'M50', shards: 3 },
    [has('M30', 20), has('M40', 60)],
    [has('M30', 20), has('M40', 60), has('M30', 20)],
  ],
  ['somebody set a larger size by hand', {}, [has('M60' as Tier)], [has('M30')]],
];

/** The cluster and what it needs, without the rest of the deployment. */
const synthCluster = (config: Cluster): string =>
  Testing.synthScope((scope) => {
    const network = new Network(scope, 'network', { name: NAME, cidr, logDays: 1 });
    new Atlas(scope, 'atlas', { name: NAME, orgId: '0', region, network, cluster: config });
  });

/** The cluster's specifications, with what Terraform would read of the cluster in place of Atlas. */
function toSpecs(limits: Limits, place: string): Spec[] {
  const text = synthCluster({ ...cluster, ...limits });
  const read = text.replace(/data\.mongodbatlas_advanced_clusters\.\w+\.results/g, place);
  return only(JSON.parse(read), 'mongodbatlas_advanced_cluster').replication_specs as Spec[];
}

/** What Atlas lists of a project. */
const toResults = (current: Size[]) =>
  current.length === 0
    ? []
    : [
        {
          name: NAME,
          replication_specs: current.map((size) => ({
            region_configs: [{ electable_specs: [size] }],
          })),
        },
      ];

/** The specifications of every step. */
function planSteps(): Record<string, Spec[]> {
  const configuration = {
    locals: Object.fromEntries(
      STEPS.map(([, , current], index) => [`results_${index}`, toResults(current)]),
    ),
    output: Object.fromEntries(
      STEPS.map(([, limits], index) => [
        `specs_${index}`,
        { value: toSpecs(limits, `local.results_${index}`) },
      ]),
    ),
  };
  const { status, stderr, outputs } = evaluate(configuration);
  expect(status, stderr).toBe(0);
  return Object.fromEntries(
    STEPS.map(([step], index) => [step, outputs[`specs_${index}`] as Spec[]]),
  );
}

describe.skipIf(!hasTerraform)('a cluster that Atlas scales', () => {
  const planned = hasTerraform ? planSteps() : {};

  it.each(STEPS)('has a size that Atlas takes: %s', (step, _, current, want) => {
    const configs = planned[step]?.map(({ region_configs: [config] }) => config) ?? [];

    expect(configs.map((config) => config?.electable_specs)).toMatchObject(want);
    for (const config of configs) {
      const size = tiers.indexOf(config?.electable_specs.instance_size as Tier);
      const limits = config?.auto_scaling;
      // Atlas refuses a size outside of the limits of the same request.
      expect(size).toBeGreaterThanOrEqual(tiers.indexOf(limits?.compute_min_instance_size as Tier));
      expect(size).toBeLessThanOrEqual(tiers.indexOf(limits?.compute_max_instance_size as Tier));
    }
    // Nor may a disk shrink.
    for (const [index, { disk_size_gb: gb }] of current.entries())
      expect(configs[index]?.electable_specs.disk_size_gb).toBeGreaterThanOrEqual(gb);
  });
});

describe.skipIf(!hasTerraform)('what is read of a cluster', () => {
  const evaluateWith = (specs: object) =>
    evaluate({
      locals: { results: [{ name: NAME, replication_specs: [specs] }] },
      output: { specs: { value: toSpecs({}, 'local.results') } },
    });

  it("may have the form of version 2 of Atlas's provider", () => {
    const specs = { region_configs: [{ electable_specs: has('M20', 30) }] };

    expect(evaluateWith(specs).outputs.specs).toMatchObject([
      { region_configs: [{ electable_specs: has('M20', 30) }] },
    ]);
  });

  it('fails a plan in any other form, which would else shrink the cluster', () => {
    const { status, stderr } = evaluateWith({ regions: [{ size: 'M20' }] });

    expect(status).toBe(1);
    expect(stderr).toContain('region_configs');
  });
});

describe('a cluster that Atlas does not scale', () => {
  it('has the size that the environment says, and nothing is read', () => {
    const { maxTier: _, ...fixed } = cluster;
    const text = synthCluster({ ...fixed, tier: 'M40', diskGrows: false });

    expect(text).not.toContain('mongodbatlas_advanced_clusters');
    expect(only(JSON.parse(text), 'mongodbatlas_advanced_cluster').replication_specs).toMatchObject(
      [{ region_configs: [{ electable_specs: { instance_size: 'M40', disk_size_gb: 10 } }] }],
    );
  });
});

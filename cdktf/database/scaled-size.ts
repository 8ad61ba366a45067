import { DataMongodbatlasAdvancedClusters } from '@cdktf/provider-mongodbatlas/lib/data-mongodbatlas-advanced-clusters/index.js';
import type { Project } from '@cdktf/provider-mongodbatlas/lib/project/index.js';
import { Token } from 'cdktf';
import { Construct } from 'constructs';
import { tiers } from '../environment/connection-budget.ts';
import type { Environment } from '../environment/environments.ts';
import { toAddress } from '../to-address.ts';

export type ScaledSizeProps = {
  /** The cluster's name. */
  readonly name: string;
  readonly project: Project;
  readonly cluster: Environment['cluster'];
};

/**
 * The size of a cluster that Atlas scales by itself: the one that it has, moved into the limits of the environment.
 *
 * Terraform reads what there is when it plans. Ignoring the changes of the attributes would do for a cluster at rest,
 * but not when a limit changes: Atlas refuses a size that is not within the limits of the same request. A list of the
 * project's clusters is read, because reading a cluster that does not exist yet fails.
 */
export class ScaledSize extends Construct {
  private readonly props: ScaledSizeProps;
  private readonly clusters: DataMongodbatlasAdvancedClusters;

  constructor(scope: Construct, id: string, props: ScaledSizeProps) {
    super(scope, id);
    this.props = props;
    this.clusters = new DataMongodbatlasAdvancedClusters(this, 'clusters', {
      projectId: props.project.id,
      useReplicationSpecPerShard: true,
    });
  }

  instanceSize(shard: number): string {
    const { tier, maxTier } = this.props.cluster;
    if (!maxTier) return tier;
    const sizes = JSON.stringify(tiers);
    const [least, most] = [tiers.indexOf(tier), tiers.indexOf(maxTier)];
    const size = this.current(shard, 'instance_size', `"${tier}"`);
    // A size that is not listed is a larger one.
    return `\${element(${sizes}, min(max(try(index(${sizes}, ${size}), ${most}), ${least}), ${most}))}`;
  }

  diskSizeGb(shard: number): number {
    const { diskGb, diskGrows } = this.props.cluster;
    if (!diskGrows) return diskGb;
    return Token.asNumber(
      `\${max(${diskGb}, ${this.current(shard, 'disk_size_gb', String(diskGb))})}`,
    );
  }

  /**
   * What a shard has; a new one shall have what the first has, and a new cluster the given. Nothing else falls back on
   * it: a plan fails if the cluster is there and cannot be read, since the given size may be far too small for it.
   */
  private current(shard: number, field: string, given: string): string {
    const { name } = this.props;
    const found = `try([for cluster in ${toAddress(this.clusters)}.results : cluster.replication_specs if cluster.name == "${name}"], [])`;
    const values = [...new Set([shard, 0])].flatMap((index) => {
      const specs = `${found}[0][${index}].region_configs[0].electable_specs`;
      // A list in version 1 of the provider, an object in version 2.
      return [`${specs}[0].${field}`, `${specs}.${field}`];
    });
    return `(length(${found}) == 0 ? ${given} : try(${values.join(', ')}))`;
  }
}

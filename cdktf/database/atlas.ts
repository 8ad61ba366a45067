import type { AdvancedClusterReplicationSpecs } from '@cdktf/provider-mongodbatlas/lib/advanced-cluster/index.js';
import { AdvancedCluster } from '@cdktf/provider-mongodbatlas/lib/advanced-cluster/index.js';
import { Project } from '@cdktf/provider-mongodbatlas/lib/project/index.js';
import { Construct } from 'constructs';
import { databaseNames } from '../../src/names/database-names.ts';
import type { Environment } from '../environment/environments.ts';
import type { Network } from '../network/network.ts';
import { BackupSchedule } from './backup-schedule.ts';
import { PrivateLink } from './private-link.ts';
import { ScaledSize } from './scaled-size.ts';

export type AtlasProps = {
  readonly name: string;
  readonly orgId: string;
  /** The region of the functions, and of the cluster. */
  readonly region: string;
  readonly network: Network;
  readonly cluster: Environment['cluster'];
};

/** An Atlas project with one cluster, which can only be reached from the network. */
export class Atlas extends Construct {
  readonly project: Project;
  readonly cluster: AdvancedCluster;
  /** The connection string. It has no credential: a client authenticates by its IAM role. */
  readonly uri: string;

  constructor(scope: Construct, id: string, { name, orgId, region, network, ...rest }: AtlasProps) {
    super(scope, id);
    // e.g. eu-west-1 => EU_WEST_1
    const atlasRegion = region.toUpperCase().replaceAll('-', '_');
    this.project = new Project(this, 'project', { name, orgId });
    const link = new PrivateLink(this, 'link', {
      name,
      network,
      project: this.project,
      region: atlasRegion,
    });
    this.cluster = this.createCluster(name, atlasRegion, rest.cluster, link);
    new BackupSchedule(this, 'backups', { cluster: this.cluster, config: rest.cluster });
    const address = this.cluster.connectionStrings.get(0).privateEndpoint.get(0);
    this.uri = `${address.srvConnectionString}/${databaseNames.database}?authMechanism=MONGODB-AWS&authSource=%24external&retryWrites=true&w=majority`;
  }

  private createCluster(
    name: string,
    regionName: string,
    config: Environment['cluster'],
    link: PrivateLink,
  ): AdvancedCluster {
    const { shards, maxTier, diskGrows } = config;
    const size: ClusterSize =
      maxTier || diskGrows
        ? new ScaledSize(this, 'size', { name, project: this.project, cluster: config })
        : { instanceSize: () => config.tier, diskSizeGb: () => config.diskGb };
    return new AdvancedCluster(this, 'cluster', {
      projectId: this.project.id,
      name,
      clusterType: shards ? 'SHARDED' : 'REPLICASET',
      backupEnabled: true,
      pitEnabled: config.pointInTimeRestore,
      terminationProtectionEnabled: config.protected,
      retainBackupsEnabled: config.protected,
      advancedConfiguration: { minimumEnabledTlsProtocol: 'TLS1_2', javascriptEnabled: false },
      // One for each shard; a replica set has one.
      replicationSpecs: Array.from({ length: shards ?? 1 }, (_, shard) =>
        toReplicationSpec(regionName, config, size, shard),
      ),
      // Created before the link, the cluster has no private connection string yet, and the first deployment fails.
      dependsOn: [link.service],
    });
  }
}

/** What each shard has. */
type ClusterSize = Pick<ScaledSize, 'instanceSize' | 'diskSizeGb'>;

function toReplicationSpec(
  regionName: string,
  { tier, maxTier, diskGrows }: Environment['cluster'],
  size: ClusterSize,
  shard: number,
): AdvancedClusterReplicationSpecs {
  return {
    regionConfigs: [
      {
        providerName: 'AWS',
        regionName,
        priority: 7,
        electableSpecs: {
          instanceSize: size.instanceSize(shard),
          nodeCount: 3,
          diskSizeGb: size.diskSizeGb(shard),
        },
        autoScaling: {
          diskGbEnabled: diskGrows,
          computeEnabled: maxTier !== undefined,
          ...(maxTier && {
            computeScaleDownEnabled: true,
            computeMinInstanceSize: tier,
            computeMaxInstanceSize: maxTier,
          }),
        },
      },
    ],
  };
}

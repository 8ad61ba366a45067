import { LambdaInvocation } from '@cdktf/provider-aws/lib/lambda-invocation/index.js';
import { CustomDbRole } from '@cdktf/provider-mongodbatlas/lib/custom-db-role/index.js';
import { Construct } from 'constructs';
import { databaseNames } from '../../src/names/database-names.ts';
import type { Atlas } from '../database/atlas.ts';
import { DatabaseUser } from '../database/database-user.ts';
import { otherFunctions } from '../environment/connection-budget.ts';
import type { Environment } from '../environment/environments.ts';
import type { Network } from '../network/network.ts';
import { ContainerFunction } from './container-function.ts';
import type { Image } from './image.ts';

export type MigrationProps = {
  readonly name: string;
  readonly image: Image;
  readonly network: Network;
  readonly atlas: Atlas;
  readonly environment: Environment;
};

// On the collections of events and series: to create and read them, and to change their indexes and validators.
const COLLECTION_ACTIONS = [
  'COLL_MOD',
  'CREATE_COLLECTION',
  'CREATE_INDEX',
  'DROP_INDEX',
  'FIND',
  'LIST_INDEXES',
];

/**
 * Migrates the database at each deployment: creates the collection, its indexes, validator and retention.
 *
 * The order of a deployment follows from dependencies: the image and the cluster, then this function and its
 * database user, then one invocation (`run`), and only then the router's alias. Terraform invokes the
 * function again when the image or its input changes; it is safe to run twice. If it fails, the deployment
 * stops, and the alias keeps serving the previous version, which works with either state of the database.
 */
export class Migration extends Construct {
  /** The invocation; if it fails, nothing that depends on it is deployed. */
  readonly run: LambdaInvocation;

  constructor(
    scope: Construct,
    id: string,
    { name, image, network, atlas, ...props }: MigrationProps,
  ) {
    super(scope, id);
    const { events, functions } = props.environment;
    const migration = new ContainerFunction(this, 'migrate', {
      name: `${name}-migration`,
      description: 'Creates indexes and validators of the collections of events and series',
      image,
      network,
      command: ['migration.handler'],
      memoryMb: 512,
      // Lambda's maximum: building an index over many events takes long.
      timeoutSeconds: 900,
      concurrency: otherFunctions.migration.processes,
      logDays: functions.logDays,
      variables: { MONGODB_URI: atlas.uri },
    });
    const { user } = new DatabaseUser(this, 'database', {
      atlas,
      role: migration.role.role,
      rights: [{ roleName: this.createRight(name, atlas).roleName, databaseName: 'admin' }],
    });
    const input = JSON.stringify({
      retentionDays: events.retentionDays ?? null,
      allowDataLoss: events.allowDataLoss ?? false,
    });
    this.run = new LambdaInvocation(this, 'run', {
      functionName: migration.function.functionName,
      qualifier: migration.function.version,
      input,
      triggers: { image: image.tag, input },
      dependsOn: [user],
    });
  }

  private createRight(name: string, atlas: Atlas): CustomDbRole {
    return new CustomDbRole(this, 'right', {
      projectId: atlas.project.id,
      roleName: `${name}-migration`,
      actions: [
        ...COLLECTION_ACTIONS.map((action) => ({
          action,
          resources: [databaseNames.eventsCollection, databaseNames.seriesCollection].map(
            (collectionName) => ({ databaseName: databaseNames.database, collectionName }),
          ),
        })),
        // A right on the whole database: to find out whether the collection exists.
        {
          action: 'LIST_COLLECTIONS',
          resources: [{ databaseName: databaseNames.database, collectionName: '' }],
        },
      ],
    });
  }
}

import { LambdaInvocation } from '@cdktf/provider-aws/lib/lambda-invocation/index.js';
import { CustomDbRole } from '@cdktf/provider-mongodbatlas/lib/custom-db-role/index.js';
import { Construct } from 'constructs';
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

// On the one collection: to look at it, to create it, and to change its indexes and validator.
const COLLECTION_ACTIONS = [
  'COLL_MOD',
  'CREATE_COLLECTION',
  'CREATE_INDEX',
  'DROP_INDEX',
  'FIND',
  'LIST_INDEXES',
];

/** Makes the database what this version of the router relies on, inside the network, at each deployment. */
export class Migration extends Construct {
  /** A deployment in which it fails goes no further. */
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
      description: 'Creates indexes and the validator of the events collection',
      image,
      network,
      command: ['migration.handler'],
      memoryMb: 512,
      // An index over many events takes its time; Lambda's limit.
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
          resources: [{ databaseName: 'events', collectionName: 'events' }],
        })),
        // Whether the collection is there is asked of the database.
        {
          action: 'LIST_COLLECTIONS',
          resources: [{ databaseName: 'events', collectionName: '' }],
        },
      ],
    });
  }
}

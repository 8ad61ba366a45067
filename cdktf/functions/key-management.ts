import type { CloudwatchLogGroup } from '@cdktf/provider-aws/lib/cloudwatch-log-group/index.js';
import { Construct } from 'constructs';
import { databaseNames } from '../../src/names/database-names.ts';
import type { Atlas } from '../database/atlas.ts';
import { DatabaseUser } from '../database/database-user.ts';
import { otherFunctions } from '../environment/connection-budget.ts';
import type { Environment } from '../environment/environments.ts';
import type { Network } from '../network/network.ts';
import { ContainerFunction } from './container-function.ts';
import type { Image } from './image.ts';

export type KeyManagementProps = {
  readonly name: string;
  readonly image: Image;
  readonly network: Network;
  readonly atlas: Atlas;
  readonly environment: Environment;
};

/**
 * The function that creates, lists, rotates and revokes API keys. It has no URL: operators invoke it with
 * AWS's `lambda:InvokeFunction` permission, and its log shows every call.
 */
export class KeyManagement extends Construct {
  readonly functionName: string;
  readonly log: CloudwatchLogGroup;

  constructor(scope: Construct, id: string, { name, atlas, ...props }: KeyManagementProps) {
    super(scope, id);
    const management = new ContainerFunction(this, 'keys', {
      name: `${name}-keys`,
      description: 'Creates, lists, rotates and revokes API keys',
      image: props.image,
      network: props.network,
      command: ['keys.handler'],
      memoryMb: 512,
      timeoutSeconds: 30,
      concurrency: otherFunctions.keys.processes,
      logDays: props.environment.functions.logDays,
      variables: { MONGODB_URI: atlas.uri },
    });
    new DatabaseUser(this, 'database', {
      atlas,
      role: management.role.role,
      rights: [
        {
          roleName: 'readWrite',
          databaseName: databaseNames.database,
          collectionName: databaseNames.keysCollection,
        },
      ],
    });
    this.log = management.log;
    this.functionName = management.function.functionName;
  }
}

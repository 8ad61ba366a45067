import { LambdaAlias } from '@cdktf/provider-aws/lib/lambda-alias/index.js';
import type { LambdaFunction } from '@cdktf/provider-aws/lib/lambda-function/index.js';
import { Construct } from 'constructs';
import type { Atlas } from '../database/atlas.ts';
import { DatabaseUser } from '../database/database-user.ts';
import type { Environment } from '../environment/environments.ts';
import type { Network } from '../network/network.ts';
import { ContainerFunction } from './container-function.ts';
import type { Image } from './image.ts';
import type { Migration } from './migration.ts';

export type ApiFunctionProps = {
  readonly name: string;
  readonly image: Image;
  readonly network: Network;
  readonly atlas: Atlas;
  readonly migration: Migration;
  readonly environment: Environment;
  /** Of the plain key, if there is one. */
  readonly apiKeyHash: string;
};

/** The router, and the alias through which the API calls it. */
export class ApiFunction extends Construct {
  readonly function: LambdaFunction;
  readonly live: LambdaAlias;
  /** Requests at a time; validate-environments.ts holds them to what the cluster has connections for. */
  readonly concurrency: number;

  constructor(
    scope: Construct,
    id: string,
    { name, atlas, environment, ...props }: ApiFunctionProps,
  ) {
    super(scope, id);
    const { memoryMb, maxConcurrency, logDays } = environment.functions;
    this.concurrency = maxConcurrency;
    const { shards } = environment.cluster;
    const { corsOrigin, keys } = environment.api;
    const { retentionDays, lateDays } = environment.events;
    const router = new ContainerFunction(this, 'router', {
      name: `${name}-api`,
      // Other shards, another version: no process may outlive that change, or it would write past them
      // (Atlas, "Convert a Replica Set to a Sharded Cluster").
      description: `Answers the requests of the events API${shards ? `, from ${shards} shards` : ''}`,
      image: props.image,
      network: props.network,
      memoryMb,
      // As long as API Gateway waits.
      timeoutSeconds: 29,
      concurrency: this.concurrency,
      logDays,
      variables: {
        MONGODB_URI: atlas.uri,
        ...(corsOrigin && { CORS_ORIGIN: corsOrigin }),
        ...(retentionDays && { RETENTION_DAYS: String(retentionDays) }),
        ...(lateDays && { LATE_DAYS: String(lateDays) }),
        ...(keys === 'scoped' && { API_KEYS: keys, PLAIN_KEY_HASH: props.apiKeyHash }),
      },
    });
    const { user } = new DatabaseUser(this, 'database', {
      atlas,
      role: router.role.role,
      rights: [
        { roleName: 'readWrite', databaseName: 'events', collectionName: 'events' },
        ...(keys === 'scoped'
          ? [{ roleName: 'read', databaseName: 'events', collectionName: 'keys' }]
          : []),
      ],
    });
    this.function = router.function;
    this.live = new LambdaAlias(this, 'live', {
      name: 'live',
      functionName: router.function.functionName,
      functionVersion: router.function.version,
      // No request reaches a version whose database is not ready for it.
      dependsOn: [user, props.migration.run],
    });
  }
}

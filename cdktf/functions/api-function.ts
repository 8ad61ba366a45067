import { LambdaAlias } from '@cdktf/provider-aws/lib/lambda-alias/index.js';
import type { LambdaFunction } from '@cdktf/provider-aws/lib/lambda-function/index.js';
import { Construct } from 'constructs';
import { databaseNames } from '../../src/names/database-names.ts';
import type { Atlas } from '../database/atlas.ts';
import { DatabaseUser } from '../database/database-user.ts';
import type { Environment } from '../environment/environments.ts';
import type { Network } from '../network/network.ts';
import { ContainerFunction } from './container-function.ts';
import type { Image } from './image.ts';
import type { Migration } from './migration.ts';

const { database, eventsCollection, seriesCollection, keysCollection } = databaseNames;

export type ApiFunctionProps = {
  readonly name: string;
  readonly image: Image;
  readonly network: Network;
  readonly atlas: Atlas;
  readonly migration: Migration;
  readonly environment: Environment;
  /** SHA-256, in hex, of a key with every scope; empty for none. */
  readonly apiKeyHash: string;
};

/** The function that answers the API's requests, and the alias through which API Gateway calls it. */
export class ApiFunction extends Construct {
  readonly function: LambdaFunction;
  readonly live: LambdaAlias;
  /** Concurrent requests at most; validate-environments.ts checks that the cluster has connections for them. */
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
    const { retentionDays, lateDays, notBefore } = environment.events;
    const router = new ContainerFunction(this, 'router', {
      name: `${name}-api`,
      // Naming the shards makes a change of them publish a new version: a process of the old one would
      // write to the wrong shard (Atlas, "Convert a Replica Set to a Sharded Cluster").
      description: `Answers the requests of the events API${shards ? `, from ${shards} shards` : ''}`,
      image: props.image,
      network: props.network,
      memoryMb,
      // API Gateway's own timeout.
      timeoutSeconds: 29,
      concurrency: this.concurrency,
      logDays,
      variables: {
        MONGODB_URI: atlas.uri,
        CORS_ORIGIN: corsOrigin,
        RETENTION_DAYS: retentionDays?.toString(),
        LATE_DAYS: lateDays?.toString(),
        NOT_BEFORE: notBefore,
        API_KEYS: keys === 'scoped' ? keys : undefined,
        PLAIN_KEY_HASH: keys === 'scoped' ? props.apiKeyHash : undefined,
      },
    });
    const { user } = new DatabaseUser(this, 'database', {
      atlas,
      role: router.role.role,
      rights: [
        { roleName: 'readWrite', databaseName: database, collectionName: eventsCollection },
        { roleName: 'readWrite', databaseName: database, collectionName: seriesCollection },
        ...(keys === 'scoped'
          ? [{ roleName: 'read', databaseName: database, collectionName: keysCollection }]
          : []),
      ],
    });
    this.function = router.function;
    this.live = new LambdaAlias(this, 'live', {
      name: 'live',
      functionName: router.function.functionName,
      functionVersion: router.function.version,
      // No request may reach a version before the database is migrated for it.
      dependsOn: [user, props.migration.run],
    });
  }
}

import type { CloudwatchLogGroup } from '@cdktf/provider-aws/lib/cloudwatch-log-group/index.js';
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
import { toRouterSettings } from './router-settings.ts';

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
  readonly log: CloudwatchLogGroup;
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
    const { apiKeyHash } = props;
    const settings = toRouterSettings({ atlas, environment, apiKeyHash });
    const router = new ContainerFunction(this, 'router', {
      name: `${name}-api`,
      description: settings.toDescription('Answers the requests of the events API'),
      image: props.image,
      network: props.network,
      memoryMb,
      // API Gateway's own timeout.
      timeoutSeconds: 29,
      concurrency: this.concurrency,
      logDays,
      // A deployment compares it with what it has built, through the stage.
      variables: { ...settings.variables, BUILD: props.image.tag },
    });
    const { user } = new DatabaseUser(this, 'database', {
      atlas,
      role: router.role.role,
      rights: settings.rights,
    });
    this.function = router.function;
    this.log = router.log;
    this.live = new LambdaAlias(this, 'live', {
      name: 'live',
      functionName: router.function.functionName,
      functionVersion: router.function.version,
      // No request may reach a version before the database is migrated for it.
      dependsOn: [user, props.migration.run],
    });
  }
}

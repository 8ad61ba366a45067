import { LambdaAlias } from '@cdktf/provider-aws/lib/lambda-alias/index.js';
import type { LambdaFunction } from '@cdktf/provider-aws/lib/lambda-function/index.js';
import { Construct } from 'constructs';
import { databaseNames } from '../../src/names/database-names.ts';
import type { StreamKind } from '../../src/names/stream-kinds.ts';
import type { Atlas } from '../database/atlas.ts';
import { DatabaseUser } from '../database/database-user.ts';
import { otherFunctions } from '../environment/connection-budget.ts';
import type { Environment } from '../environment/environments.ts';
import type { Network } from '../network/network.ts';
import { ContainerFunction } from './container-function.ts';
import type { Image } from './image.ts';
import type { Migration } from './migration.ts';
import { toRouterSettings } from './router-settings.ts';

const { database, slotsCollection } = databaseNames;

export type StreamFunctionProps = {
  readonly name: string;
  readonly image: Image;
  readonly network: Network;
  readonly atlas: Atlas;
  readonly migration: Migration;
  readonly environment: Environment;
  /** SHA-256, in hex, of a key with every scope; empty for none. */
  readonly apiKeyHash: string;
  readonly kind: StreamKind;
  readonly region: string;
};

// A refused request needs a process as well, for a moment.
const REFUSALS = 2;
// The longest that Lambda allows; a stream ends by itself before that.
const TIMEOUT_SECONDS = 900;

/** A function that sends one kind of streams, with places and connections of its own. */
export class StreamFunction extends Construct {
  readonly function: LambdaFunction;
  readonly live: LambdaAlias;
  /** By which API Gateway calls it (fact 69). */
  readonly streamingUri: string;

  constructor(
    scope: Construct,
    id: string,
    { name, atlas, environment, kind, ...props }: StreamFunctionProps,
  ) {
    super(scope, id);
    const { memoryMb, logDays } = environment.functions;
    const { processes } = otherFunctions[kind];
    const { apiKeyHash } = props;
    const settings = toRouterSettings({ atlas, environment, apiKeyHash });
    const sender = new ContainerFunction(this, 'sender', {
      name: `${name}-${kind}`,
      description: settings.toDescription(`Sends the streams of the events API: ${kind}`),
      image: props.image,
      network: props.network,
      memoryMb,
      timeoutSeconds: TIMEOUT_SECONDS,
      concurrency: processes,
      command: ['load-api.stream'],
      logDays,
      variables: { ...settings.variables, STREAM_SLOTS: String(processes - REFUSALS) },
    });
    const { user } = new DatabaseUser(this, 'database', {
      atlas,
      role: sender.role.role,
      rights: [
        ...settings.rights,
        { roleName: 'readWrite', databaseName: database, collectionName: slotsCollection },
      ],
    });
    this.function = sender.function;
    this.live = new LambdaAlias(this, 'alias', {
      name: 'live',
      functionName: sender.function.functionName,
      functionVersion: sender.function.version,
      // No request may reach a version before the database is migrated for it.
      dependsOn: [user, props.migration.run],
    });
    this.streamingUri = `arn:aws:apigateway:${props.region}:lambda:path/2021-11-15/functions/${this.live.arn}/response-streaming-invocations`;
  }
}

import { CloudwatchLogGroup } from '@cdktf/provider-aws/lib/cloudwatch-log-group/index.js';
import type { LambdaFunctionConfig } from '@cdktf/provider-aws/lib/lambda-function/index.js';
import { LambdaFunction } from '@cdktf/provider-aws/lib/lambda-function/index.js';
import { Construct } from 'constructs';
import type { EnvironmentVariables } from '../../src/names/environment-variables.ts';
import type { Network } from '../network/network.ts';
import { FunctionRole } from './function-role.ts';
import type { Image } from './image.ts';

export type ContainerFunctionProps = {
  readonly name: string;
  readonly description: string;
  readonly image: Image;
  readonly network: Network;
  readonly memoryMb: number;
  readonly timeoutSeconds: number;
  readonly concurrency: number;
  readonly logDays: number;
  /** Those that are undefined or empty are left out. */
  readonly variables: EnvironmentVariables;
  /** The handler; the image's default one if undefined. */
  readonly command?: readonly string[];
};

/** A Lambda function that runs the image inside the network, with its own role and log. */
export class ContainerFunction extends Construct {
  readonly log: CloudwatchLogGroup;
  readonly role: FunctionRole;
  readonly function: LambdaFunction;

  constructor(scope: Construct, id: string, props: ContainerFunctionProps) {
    super(scope, id);
    const { name, network, command } = props;
    this.log = new CloudwatchLogGroup(this, 'log', {
      name: `/aws/lambda/${name}`,
      retentionInDays: props.logDays,
    });
    this.role = new FunctionRole(this, 'role', { name, log: this.log });
    const config: LambdaFunctionConfig = {
      functionName: name,
      description: props.description,
      packageType: 'Image',
      // The platform that scripts/deploy/push-image.ts builds for.
      architectures: ['x86_64'],
      imageUri: props.image.uri,
      ...(command && { imageConfig: { command: [...command] } }),
      role: this.role.role.arn,
      memorySize: props.memoryMb,
      timeout: props.timeoutSeconds,
      reservedConcurrentExecutions: props.concurrency,
      publish: true,
      environment: { variables: withoutUnset(props.variables) },
      vpcConfig: {
        subnetIds: network.subnets.map((subnet) => subnet.id),
        securityGroupIds: [network.functions.id],
      },
      tracingConfig: { mode: 'Active' },
      loggingConfig: { logFormat: 'JSON', logGroup: this.log.name, systemLogLevel: 'WARN' },
      // AWS only attaches the function to the network if the role has its rights already.
      dependsOn: [this.role.policy],
    };
    this.function = new LambdaFunction(this, 'function', config);
  }
}

const withoutUnset = (variables: EnvironmentVariables): Record<string, string> =>
  Object.fromEntries(
    Object.entries(variables).flatMap(([name, value]) => (value ? [[name, value]] : [])),
  );

import { CloudwatchLogGroup } from '@cdktf/provider-aws/lib/cloudwatch-log-group/index.js';
import type { LambdaFunctionConfig } from '@cdktf/provider-aws/lib/lambda-function/index.js';
import { LambdaFunction } from '@cdktf/provider-aws/lib/lambda-function/index.js';
import { Construct } from 'constructs';
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
  readonly variables: Record<string, string>;
  /** The handler, where it is not the image's own. */
  readonly command?: readonly string[];
};

/** A Lambda function of the image, inside the network, with its own role and log. */
export class ContainerFunction extends Construct {
  readonly role: FunctionRole;
  readonly function: LambdaFunction;

  constructor(scope: Construct, id: string, props: ContainerFunctionProps) {
    super(scope, id);
    const { name, network, command } = props;
    const log = new CloudwatchLogGroup(this, 'log', {
      name: `/aws/lambda/${name}`,
      retentionInDays: props.logDays,
    });
    this.role = new FunctionRole(this, 'role', { name, log });
    const config: LambdaFunctionConfig = {
      functionName: name,
      description: props.description,
      packageType: 'Image',
      // What scripts/deploy/push-image.ts builds.
      architectures: ['x86_64'],
      imageUri: props.image.uri,
      ...(command && { imageConfig: { command: [...command] } }),
      role: this.role.role.arn,
      memorySize: props.memoryMb,
      timeout: props.timeoutSeconds,
      reservedConcurrentExecutions: props.concurrency,
      publish: true,
      environment: { variables: props.variables },
      vpcConfig: {
        subnetIds: network.subnets.map((subnet) => subnet.id),
        securityGroupIds: [network.functions.id],
      },
      tracingConfig: { mode: 'Active' },
      loggingConfig: { logFormat: 'JSON', logGroup: log.name, systemLogLevel: 'WARN' },
      // Without these rights AWS refuses to put the function into the network.
      dependsOn: [this.role.policy],
    };
    this.function = new LambdaFunction(this, 'function', config);
  }
}

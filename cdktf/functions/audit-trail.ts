import type { CloudwatchLogGroup } from '@cdktf/provider-aws/lib/cloudwatch-log-group/index.js';
import { CloudwatchLogSubscriptionFilter } from '@cdktf/provider-aws/lib/cloudwatch-log-subscription-filter/index.js';
import { LambdaPermission } from '@cdktf/provider-aws/lib/lambda-permission/index.js';
import { Construct } from 'constructs';
import { AUDIT_KIND } from '../../src/names/audit-kind.ts';
import type { Environment } from '../environment/environments.ts';
import type { Network } from '../network/network.ts';
import { ContainerFunction } from './container-function.ts';
import type { Image } from './image.ts';

export type AuditTrailProps = {
  readonly name: string;
  readonly image: Image;
  readonly network: Network;
  readonly environment: Environment;
  /** The logs of the functions that write audit lines, by a name for each. */
  readonly logs: Readonly<Record<string, CloudwatchLogGroup>>;
};

/**
 * A log group with the audit lines alone, which are kept longer than other lines. A function writes to one log group, and
 * the network has no way to CloudWatch's own API. So CloudWatch hands the lines on to another function, whose log is the
 * audit log: it prints what it gets. CloudWatch tries for 24 hours, and may hand a line on twice.
 */
export class AuditTrail extends Construct {
  constructor(
    scope: Construct,
    id: string,
    { name, environment, logs, ...props }: AuditTrailProps,
  ) {
    super(scope, id);
    const trail = new ContainerFunction(this, 'trail', {
      ...props,
      name: `${name}-audit`,
      description: 'Its log is the audit log: deletions and changes of keys',
      command: ['audit.handler'],
      memoryMb: 256,
      timeoutSeconds: 30,
      concurrency: 1,
      logDays: environment.functions.auditDays,
      variables: {},
    });
    for (const [source, log] of Object.entries(logs)) {
      const permission = new LambdaPermission(this, `from-${source}`, {
        functionName: trail.function.functionName,
        action: 'lambda:InvokeFunction',
        principal: 'logs.amazonaws.com',
        sourceArn: `${log.arn}:*`,
      });
      new CloudwatchLogSubscriptionFilter(this, `of-${source}`, {
        name: 'audit',
        logGroupName: log.name,
        filterPattern: `{ $.kind = "${AUDIT_KIND}" }`,
        destinationArn: trail.function.arn,
        // CloudWatch tries the function when the filter is created.
        dependsOn: [permission],
      });
    }
  }
}

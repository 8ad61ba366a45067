import { CloudwatchLogGroup } from '@cdktf/provider-aws/lib/cloudwatch-log-group/index.js';
import { FlowLog } from '@cdktf/provider-aws/lib/flow-log/index.js';
import { IamRole } from '@cdktf/provider-aws/lib/iam-role/index.js';
import { IamRolePolicy } from '@cdktf/provider-aws/lib/iam-role-policy/index.js';
import type { Vpc } from '@cdktf/provider-aws/lib/vpc/index.js';
import { Construct } from 'constructs';

export type NetworkLogProps = {
  readonly name: string;
  readonly vpc: Vpc;
  readonly logDays: number;
};

/** A log of the traffic that the network rejects. It is nearly empty unless something is wrong. */
export class NetworkLog extends Construct {
  constructor(scope: Construct, id: string, { name, vpc, logDays }: NetworkLogProps) {
    super(scope, id);
    const group = new CloudwatchLogGroup(this, 'group', {
      name: `/aws/vpc/${name}`,
      retentionInDays: logDays,
    });
    const role = new IamRole(this, 'role', {
      name: `${name}-network-log`,
      assumeRolePolicy: JSON.stringify({
        Version: '2012-10-17',
        Statement: [
          {
            Effect: 'Allow',
            Principal: { Service: 'vpc-flow-logs.amazonaws.com' },
            Action: 'sts:AssumeRole',
          },
        ],
      }),
    });
    const policy = new IamRolePolicy(this, 'policy', {
      name: 'network-log',
      role: role.name,
      policy: JSON.stringify({
        Version: '2012-10-17',
        Statement: [
          {
            Effect: 'Allow',
            Action: ['logs:CreateLogStream', 'logs:DescribeLogStreams', 'logs:PutLogEvents'],
            Resource: `${group.arn}:*`,
          },
        ],
      }),
    });
    new FlowLog(this, 'rejected', {
      vpcId: vpc.id,
      trafficType: 'REJECT',
      logDestination: group.arn,
      iamRoleArn: role.arn,
      dependsOn: [policy],
    });
  }
}

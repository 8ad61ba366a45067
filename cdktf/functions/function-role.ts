import type { CloudwatchLogGroup } from '@cdktf/provider-aws/lib/cloudwatch-log-group/index.js';
import { IamRole } from '@cdktf/provider-aws/lib/iam-role/index.js';
import { IamRolePolicy } from '@cdktf/provider-aws/lib/iam-role-policy/index.js';
import { Construct } from 'constructs';

export type FunctionRoleProps = { readonly name: string; readonly log: CloudwatchLogGroup };

const INTERFACES = [
  'ec2:AssignPrivateIpAddresses',
  'ec2:CreateNetworkInterface',
  'ec2:DeleteNetworkInterface',
  'ec2:DescribeNetworkInterfaces',
  'ec2:DescribeSubnets',
  'ec2:UnassignPrivateIpAddresses',
];

/** The role of a function. It may write the function's log and traces; Atlas knows the function by it. */
export class FunctionRole extends Construct {
  readonly role: IamRole;
  readonly policy: IamRolePolicy;

  constructor(scope: Construct, id: string, { name, log }: FunctionRoleProps) {
    super(scope, id);
    this.role = new IamRole(this, 'role', {
      name,
      assumeRolePolicy: JSON.stringify({
        Version: '2012-10-17',
        Statement: [
          {
            Effect: 'Allow',
            Principal: { Service: 'lambda.amazonaws.com' },
            Action: 'sts:AssumeRole',
          },
        ],
      }),
    });
    this.policy = new IamRolePolicy(this, 'policy', {
      name: 'function',
      role: this.role.name,
      policy: JSON.stringify({ Version: '2012-10-17', Statement: toStatements(name, log) }),
    });
  }
}

function toStatements(name: string, log: CloudwatchLogGroup): object[] {
  return [
    {
      Sid: 'WriteOwnLog',
      Effect: 'Allow',
      Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
      Resource: `${log.arn}:*`,
    },
    {
      Sid: 'WriteTraces',
      Effect: 'Allow',
      Action: ['xray:PutTraceSegments', 'xray:PutTelemetryRecords'],
      // X-Ray has no narrower resources.
      Resource: '*',
    },
    // Lambda attaches the function to its network with this role; EC2 has no narrower resources for that.
    { Sid: 'JoinNetwork', Effect: 'Allow', Action: INTERFACES, Resource: '*' },
    {
      // Denies the same to the function's own code (Lambda, "Configuring VPC access").
      Sid: 'NotFromCode',
      Effect: 'Deny',
      Action: INTERFACES,
      Resource: '*',
      Condition: {
        ArnLike: { 'lambda:SourceFunctionArn': `arn:*:lambda:*:*:function:${name}` },
      },
    },
  ];
}

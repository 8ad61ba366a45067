import { ApiGatewayAccount } from '@cdktf/provider-aws/lib/api-gateway-account/index.js';
import { IamRole } from '@cdktf/provider-aws/lib/iam-role/index.js';
import { IamRolePolicyAttachment } from '@cdktf/provider-aws/lib/iam-role-policy-attachment/index.js';
import { Construct } from 'constructs';

export type AccountLogRoleProps = { readonly name: string };

/** The role with which API Gateway writes the logs of every API in the account and region (fact 65). */
export class AccountLogRole extends Construct {
  readonly setting: ApiGatewayAccount;

  constructor(scope: Construct, id: string, { name }: AccountLogRoleProps) {
    super(scope, id);
    const role = new IamRole(this, 'role', {
      name: `${name}-gateway-log`,
      assumeRolePolicy: JSON.stringify({
        Version: '2012-10-17',
        Statement: [
          {
            Effect: 'Allow',
            Principal: { Service: 'apigateway.amazonaws.com' },
            Action: 'sts:AssumeRole',
          },
        ],
      }),
    });
    const policy = new IamRolePolicyAttachment(this, 'policy', {
      role: role.name,
      policyArn: 'arn:aws:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs',
    });
    this.setting = new ApiGatewayAccount(this, 'setting', {
      cloudwatchRoleArn: role.arn,
      dependsOn: [policy],
    });
  }
}

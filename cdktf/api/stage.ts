import type { ApiGatewayDeployment } from '@cdktf/provider-aws/lib/api-gateway-deployment/index.js';
import { ApiGatewayMethodSettings } from '@cdktf/provider-aws/lib/api-gateway-method-settings/index.js';
import type { ApiGatewayRestApi } from '@cdktf/provider-aws/lib/api-gateway-rest-api/index.js';
import { ApiGatewayStage } from '@cdktf/provider-aws/lib/api-gateway-stage/index.js';
import { CloudwatchLogGroup } from '@cdktf/provider-aws/lib/cloudwatch-log-group/index.js';
import { Construct } from 'constructs';
import type { Environment } from '../environment/environments.ts';
import { AccountLogRole } from './account-log-role.ts';

export type StageProps = {
  readonly name: string;
  readonly api: ApiGatewayRestApi;
  readonly deployment: ApiGatewayDeployment;
  readonly environment: Environment;
};

// One line of JSON per request, of which at most 1,024 bytes are kept (fact 65).
const ACCESS_LOG = {
  requestId: '$context.requestId',
  time: '$context.requestTime',
  ip: '$context.identity.sourceIp',
  apiKeyId: '$context.identity.apiKeyId',
  operation: '$context.operationName',
  method: '$context.httpMethod',
  path: '$context.path',
  status: '$context.status',
  bytes: '$context.responseLength',
  milliseconds: '$context.responseLatency',
  functionMilliseconds: '$context.integrationLatency',
  error: '$context.error.responseType',
};

/** The deployed API, with its log, traces and limits. */
export class Stage extends Construct {
  readonly stage: ApiGatewayStage;

  constructor(scope: Construct, id: string, { name, api, deployment, environment }: StageProps) {
    super(scope, id);
    const log = new CloudwatchLogGroup(this, 'log', {
      name: `/aws/apigateway/${name}`,
      retentionInDays: environment.functions.logDays,
    });
    // API Gateway would otherwise create this log group itself, without an expiry.
    const errors = new CloudwatchLogGroup(this, 'errors', {
      name: `API-Gateway-Execution-Logs_${api.id}/${environment.name}`,
      retentionInDays: environment.functions.logDays,
    });
    // API Gateway rejects a stage with a log until the account has a role for writing it (fact 65).
    const account = environment.api.setsAccountLogRole
      ? [new AccountLogRole(this, 'account', { name }).setting]
      : [];
    this.stage = new ApiGatewayStage(this, 'stage', {
      restApiId: api.id,
      deploymentId: deployment.id,
      stageName: environment.name,
      xrayTracingEnabled: true,
      accessLogSettings: { destinationArn: log.arn, format: JSON.stringify(ACCESS_LOG) },
      dependsOn: [errors, ...account],
    });
    new ApiGatewayMethodSettings(this, 'settings', {
      restApiId: api.id,
      stageName: this.stage.stageName,
      methodPath: '*/*',
      settings: {
        // Of each method, which AWS charges for: the log has as much, and the alarms look at the stage.
        metricsEnabled: false,
        loggingLevel: 'ERROR',
        // Keeps bodies and keys out of the log.
        dataTraceEnabled: false,
        throttlingRateLimit: environment.api.rate,
        throttlingBurstLimit: environment.api.burst,
      },
    });
  }
}

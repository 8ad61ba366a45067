import { ApiGatewayApiKey } from '@cdktf/provider-aws/lib/api-gateway-api-key/index.js';
import type { ApiGatewayStage } from '@cdktf/provider-aws/lib/api-gateway-stage/index.js';
import { ApiGatewayUsagePlan } from '@cdktf/provider-aws/lib/api-gateway-usage-plan/index.js';
import { ApiGatewayUsagePlanKey } from '@cdktf/provider-aws/lib/api-gateway-usage-plan-key/index.js';
import { Construct } from 'constructs';
import type { Environment } from '../environment/environments.ts';

export type ApiKeyProps = {
  readonly name: string;
  readonly stage: ApiGatewayStage;
  readonly limits: Pick<Environment['api'], 'rate' | 'burst' | 'quota'>;
  /** A null makes AWS choose one. */
  readonly value: string;
};

/** An API key with its usage plan, without which it would not work (fact 36). */
export class ApiKey extends Construct {
  readonly key: ApiGatewayApiKey;

  constructor(scope: Construct, id: string, { name, stage, limits, value }: ApiKeyProps) {
    super(scope, id);
    this.key = new ApiGatewayApiKey(this, 'key', { name, value });
    const plan = new ApiGatewayUsagePlan(this, 'plan', {
      name,
      apiStages: [{ apiId: stage.restApiId, stage: stage.stageName }],
      throttleSettings: { rateLimit: limits.rate, burstLimit: limits.burst },
      quotaSettings: { ...limits.quota },
    });
    new ApiGatewayUsagePlanKey(this, 'plan-key', {
      keyId: this.key.id,
      keyType: 'API_KEY',
      usagePlanId: plan.id,
    });
  }
}

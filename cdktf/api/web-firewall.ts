import type { ApiGatewayStage } from '@cdktf/provider-aws/lib/api-gateway-stage/index.js';
import { Wafv2WebAcl } from '@cdktf/provider-aws/lib/wafv2-web-acl/index.js';
import { Wafv2WebAclAssociation } from '@cdktf/provider-aws/lib/wafv2-web-acl-association/index.js';
import { Construct } from 'constructs';

export type WebFirewallProps = { readonly name: string; readonly stage: ApiGatewayStage };

// AWS's managed rules, without the common set: that rejects bodies over 8 KiB, and an event may have 16.
const GROUPS = ['AWSManagedRulesKnownBadInputsRuleSet', 'AWSManagedRulesAmazonIpReputationList'];

/** A web firewall that blocks known attacks before they reach the API. */
export class WebFirewall extends Construct {
  constructor(scope: Construct, id: string, { name, stage }: WebFirewallProps) {
    super(scope, id);
    const acl = new Wafv2WebAcl(this, 'acl', {
      name,
      scope: 'REGIONAL',
      defaultAction: { allow: {} },
      visibilityConfig: toVisibility(name),
      rule: GROUPS.map((group, priority) => ({
        name: group,
        priority,
        overrideAction: { none: {} },
        statement: { managed_rule_group_statement: { vendor_name: 'AWS', name: group } },
        visibilityConfig: toVisibility(`${name}-${group}`),
      })),
    });
    new Wafv2WebAclAssociation(this, 'association', {
      resourceArn: stage.arn,
      webAclArn: acl.arn,
    });
  }
}

const toVisibility = (metricName: string) => ({
  metricName,
  cloudwatchMetricsEnabled: true,
  sampledRequestsEnabled: true,
});

import { ApiGatewayBasePathMapping } from '@cdktf/provider-aws/lib/api-gateway-base-path-mapping/index.js';
import { ApiGatewayDomainName } from '@cdktf/provider-aws/lib/api-gateway-domain-name/index.js';
import type { ApiGatewayStage } from '@cdktf/provider-aws/lib/api-gateway-stage/index.js';
import { Construct } from 'constructs';
import type { Environment } from '../environment/environments.ts';

export type CustomDomainProps = {
  readonly stage: ApiGatewayStage;
  readonly domain: NonNullable<Environment['api']['domain']>;
};

/** The API under a custom domain, without the stage in its paths. */
export class CustomDomain extends Construct {
  /** The target for the domain's CNAME record, which the operator creates at the DNS provider. */
  readonly target: string;
  readonly url: string;
  /** Taken from the resource, so that what uses it is created later. */
  readonly name: string;

  constructor(scope: Construct, id: string, { stage, domain }: CustomDomainProps) {
    super(scope, id);
    const name = new ApiGatewayDomainName(this, 'name', {
      domainName: domain.name,
      regionalCertificateArn: domain.certificateArn,
      endpointConfiguration: { types: ['REGIONAL'] },
      securityPolicy: 'TLS_1_2',
    });
    new ApiGatewayBasePathMapping(this, 'mapping', {
      domainName: name.domainName,
      apiId: stage.restApiId,
      stageName: stage.stageName,
    });
    this.target = name.regionalDomainName;
    this.url = `https://${domain.name}`;
    this.name = name.domainName;
  }
}

import { ApiGatewayBasePathMapping } from '@cdktf/provider-aws/lib/api-gateway-base-path-mapping/index.js';
import { ApiGatewayDomainName } from '@cdktf/provider-aws/lib/api-gateway-domain-name/index.js';
import type { ApiGatewayStage } from '@cdktf/provider-aws/lib/api-gateway-stage/index.js';
import { Construct } from 'constructs';
import type { Environment } from '../environment/environments.ts';

export type CustomDomainProps = {
  readonly stage: ApiGatewayStage;
  readonly domain: NonNullable<Environment['api']['domain']>;
  /** The first segment of the API's URLs. */
  readonly basePath: string;
};

/** The API on a custom domain, below a base path. */
export class CustomDomain extends Construct {
  /** The target for the domain's CNAME record, which the operator creates at the DNS provider. */
  readonly target: string;
  /** The API's address, with the base path. */
  readonly url: string;
  /** Taken from the resource, so that what uses it is created later. */
  readonly name: string;

  constructor(scope: Construct, id: string, { stage, domain, basePath }: CustomDomainProps) {
    super(scope, id);
    const name = new ApiGatewayDomainName(this, 'name', {
      domainName: domain.name,
      regionalCertificateArn: domain.certificateArn,
      endpointConfiguration: { types: ['REGIONAL'] },
      securityPolicy: 'TLS_1_2',
    });
    new ApiGatewayBasePathMapping(this, 'mapping', {
      domainName: name.domainName,
      basePath,
      apiId: stage.restApiId,
      stageName: stage.stageName,
    });
    this.target = name.regionalDomainName;
    this.url = `https://${domain.name}/${basePath}`;
    this.name = name.domainName;
  }
}

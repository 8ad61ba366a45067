import { DataAwsVpcEndpointService } from '@cdktf/provider-aws/lib/data-aws-vpc-endpoint-service/index.js';
import { VpcEndpoint } from '@cdktf/provider-aws/lib/vpc-endpoint/index.js';
import { PrivatelinkEndpoint } from '@cdktf/provider-mongodbatlas/lib/privatelink-endpoint/index.js';
import { PrivatelinkEndpointService } from '@cdktf/provider-mongodbatlas/lib/privatelink-endpoint-service/index.js';
import type { Project } from '@cdktf/provider-mongodbatlas/lib/project/index.js';
import { Token } from 'cdktf';
import { Construct } from 'constructs';
import type { Network } from '../network/network.ts';
import { toAddress } from '../to-address.ts';

export type PrivateLinkProps = {
  readonly name: string;
  readonly project: Project;
  readonly network: Network;
  /** In Atlas's spelling, such as EU_WEST_1. */
  readonly region: string;
};

/**
 * The private connection from the network to the Atlas project's clusters, over AWS PrivateLink.
 *
 * Three resources in a fixed order: Atlas offers an endpoint service (`offer`), the VPC opens an endpoint to
 * that service (`endpoint`), and Atlas accepts the endpoint (`service`). Atlas computes a cluster's private
 * connection string when it creates the cluster, so clusters must depend on `service`.
 */
export class PrivateLink extends Construct {
  /** The accepted endpoint: a cluster created after it has a private connection string. */
  readonly service: PrivatelinkEndpointService;

  constructor(scope: Construct, id: string, { name, project, network, region }: PrivateLinkProps) {
    super(scope, id);
    const offer = new PrivatelinkEndpoint(this, 'offer', {
      projectId: project.id,
      providerName: 'AWS',
      region,
    });
    const service = new DataAwsVpcEndpointService(this, 'served', {
      serviceName: offer.endpointServiceName,
    });
    const subnets = toServed(network, `${toAddress(service)}.availability_zones`);
    const endpoint = new VpcEndpoint(this, 'endpoint', {
      vpcId: network.vpc.id,
      vpcEndpointType: 'Interface',
      serviceName: offer.endpointServiceName,
      subnetIds: Token.asList(`\${${subnets}}`),
      securityGroupIds: [network.endpoint.id],
      tags: { Name: `${name}-atlas` },
      lifecycle: {
        precondition: [
          {
            condition: `\${length(${subnets}) > 0}`,
            errorMessage:
              "Atlas's endpoint service stands in none of the network's zones, so no cluster was made: run npm run destroy for this environment, set another region in environments.ts, and deploy",
          },
        ],
      },
    });
    this.service = new PrivatelinkEndpointService(this, 'service', {
      projectId: project.id,
      privateLinkId: offer.privateLinkId,
      endpointServiceId: endpoint.id,
      providerName: 'AWS',
    });
  }
}

/**
 * An expression for the subnets that the endpoint can be in: one of each zone that the service serves. A region may
 * have two zones only, so that two subnets share one, or more zones than the service serves.
 */
function toServed({ subnets }: Network, zones: string): string {
  const all = subnets
    .map(toAddress)
    .map((address) => `{ zone = ${address}.availability_zone, id = ${address}.id }`);
  const byZone = `{ for subnet in [${all.join(', ')}] : subnet.zone => subnet.id... if contains(${zones}, subnet.zone) }`;
  return `[for ids in values(${byZone}) : ids[0]]`;
}

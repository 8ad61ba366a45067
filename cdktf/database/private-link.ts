import { VpcEndpoint } from '@cdktf/provider-aws/lib/vpc-endpoint/index.js';
import { PrivatelinkEndpoint } from '@cdktf/provider-mongodbatlas/lib/privatelink-endpoint/index.js';
import { PrivatelinkEndpointService } from '@cdktf/provider-mongodbatlas/lib/privatelink-endpoint-service/index.js';
import type { Project } from '@cdktf/provider-mongodbatlas/lib/project/index.js';
import { Construct } from 'constructs';
import type { Network } from '../network/network.ts';

export type PrivateLinkProps = {
  readonly name: string;
  readonly project: Project;
  readonly network: Network;
  /** As Atlas writes it: EU_WEST_1. */
  readonly region: string;
};

/** The private way from the network to the Atlas project's clusters. */
export class PrivateLink extends Construct {
  /** Accepted on both sides: a cluster made after it has a private connection string. */
  readonly service: PrivatelinkEndpointService;

  constructor(scope: Construct, id: string, { name, project, network, region }: PrivateLinkProps) {
    super(scope, id);
    const offer = new PrivatelinkEndpoint(this, 'offer', {
      projectId: project.id,
      providerName: 'AWS',
      region,
    });
    const endpoint = new VpcEndpoint(this, 'endpoint', {
      vpcId: network.vpc.id,
      vpcEndpointType: 'Interface',
      serviceName: offer.endpointServiceName,
      subnetIds: network.subnets.map((subnet) => subnet.id),
      securityGroupIds: [network.endpoint.id],
      tags: { Name: `${name}-atlas` },
    });
    this.service = new PrivatelinkEndpointService(this, 'service', {
      projectId: project.id,
      privateLinkId: offer.privateLinkId,
      endpointServiceId: endpoint.id,
      providerName: 'AWS',
    });
  }
}

import { DataAwsAvailabilityZones } from '@cdktf/provider-aws/lib/data-aws-availability-zones/index.js';
import { DefaultSecurityGroup } from '@cdktf/provider-aws/lib/default-security-group/index.js';
import { SecurityGroup } from '@cdktf/provider-aws/lib/security-group/index.js';
import { Subnet } from '@cdktf/provider-aws/lib/subnet/index.js';
import { Vpc } from '@cdktf/provider-aws/lib/vpc/index.js';
import { VpcSecurityGroupEgressRule } from '@cdktf/provider-aws/lib/vpc-security-group-egress-rule/index.js';
import { VpcSecurityGroupIngressRule } from '@cdktf/provider-aws/lib/vpc-security-group-ingress-rule/index.js';
import { Fn } from 'cdktf';
import { Construct } from 'constructs';
import { NetworkLog } from './network-log.ts';

export type NetworkProps = {
  readonly name: string;
  readonly cidr: string;
  readonly logDays: number;
};

/** A VPC without internet access, in which the functions can only reach Atlas's endpoint. */
export class Network extends Construct {
  readonly vpc: Vpc;
  readonly subnets: readonly Subnet[];
  readonly functions: SecurityGroup;
  readonly endpoint: SecurityGroup;

  constructor(scope: Construct, id: string, { name, cidr, logDays }: NetworkProps) {
    super(scope, id);
    this.vpc = new Vpc(this, 'vpc', {
      cidrBlock: cidr,
      // The VPC's resolver resolves Atlas's private host names.
      enableDnsSupport: true,
      enableDnsHostnames: true,
      tags: { Name: name },
    });
    this.subnets = this.createSubnets(name, cidr);
    // The default group has no rules, so that a resource placed in it by mistake reaches nothing.
    new DefaultSecurityGroup(this, 'default', { vpcId: this.vpc.id });
    this.functions = this.createGroup('functions', `${name}-functions`, 'The Lambda functions');
    this.endpoint = this.createGroup('endpoint', `${name}-endpoint`, "Atlas's private endpoint");
    this.allowDatabase();
    new NetworkLog(this, 'log', { name, logDays, vpc: this.vpc });
  }

  private createSubnets(name: string, cidr: string): Subnet[] {
    const zones = new DataAwsAvailabilityZones(this, 'zones', {
      state: 'available',
      filter: [{ name: 'opt-in-status', values: ['opt-in-not-required'] }],
      // Lambda does not support this zone (Lambda, "Configuring VPC access").
      excludeZoneIds: ['use1-az3'],
    });
    return [0, 1, 2].map(
      (index) =>
        new Subnet(this, `private-${index + 1}`, {
          vpcId: this.vpc.id,
          cidrBlock: Fn.cidrsubnet(cidr, 4, index),
          availabilityZone: Fn.element(zones.names, index),
          mapPublicIpOnLaunch: false,
          tags: { Name: `${name}-private-${index + 1}` },
          // A change in AWS's list of zones must not replace a subnet.
          lifecycle: { ignoreChanges: ['availability_zone'] },
        }),
    );
  }

  private createGroup(id: string, name: string, description: string): SecurityGroup {
    return new SecurityGroup(this, id, {
      name,
      description,
      vpcId: this.vpc.id,
      tags: { Name: name },
    });
  }

  /** Allows traffic between the two groups, whatever their addresses are. */
  private allowDatabase(): void {
    // Atlas assigns each node of each cluster its own port (Atlas, "Port ranges").
    const ports = { ipProtocol: 'tcp', fromPort: 1024, toPort: 65_535 };
    new VpcSecurityGroupEgressRule(this, 'to-endpoint', {
      ...ports,
      securityGroupId: this.functions.id,
      referencedSecurityGroupId: this.endpoint.id,
      description: 'To the database',
    });
    new VpcSecurityGroupIngressRule(this, 'from-functions', {
      ...ports,
      securityGroupId: this.endpoint.id,
      referencedSecurityGroupId: this.functions.id,
      description: 'From the functions',
    });
  }
}

import { describe, expect, it } from 'vitest';
import { all, only, synth } from './synth.ts';

const stack = synth();
const text = JSON.stringify(stack);

describe('the network', () => {
  it('names no address of the internet', () => {
    expect(text).not.toMatch(/0\.0\.0\.0\/0|::\/0/);
    for (const type of ['internet_gateway', 'nat_gateway', 'route', 'eip']) {
      expect(stack.resource[`aws_${type}`]).toBeUndefined();
    }
  });

  it('has three private subnets, each in a zone of its own', () => {
    const subnets = all(stack, 'aws_subnet');

    expect(subnets.map(({ map_public_ip_on_launch: isPublic }) => isPublic)).toEqual(
      Array(3).fill(false),
    );
    expect(new Set(subnets.map((subnet) => subnet.availability_zone)).size).toBe(3);
    expect(new Set(subnets.map((subnet) => subnet.cidr_block)).size).toBe(3);
  });

  it('lets functions reach the endpoint on its ports, and nothing else reach anything', () => {
    const [functions, endpoint] = ['functions', 'endpoint'].map((word) => {
      const [id] = Object.keys(stack.resource.aws_security_group ?? {}).filter((name) =>
        name.includes(word),
      );
      return `\${aws_security_group.${id}.id}`;
    });
    const ports = { ip_protocol: 'tcp', from_port: 1024, to_port: 65_535 };

    expect(only(stack, 'aws_vpc_security_group_egress_rule')).toMatchObject({
      ...ports,
      security_group_id: functions,
      referenced_security_group_id: endpoint,
    });
    expect(only(stack, 'aws_vpc_security_group_ingress_rule')).toMatchObject({
      ...ports,
      security_group_id: endpoint,
      referenced_security_group_id: functions,
    });
    for (const group of all(stack, 'aws_security_group')) {
      expect(Object.keys(group)).not.toContain('ingress');
      expect(Object.keys(group)).not.toContain('egress');
    }
  });

  it('keeps its subnets where they are when AWS adds a zone, or closes one for a while', () => {
    for (const subnet of all(stack, 'aws_subnet')) {
      expect(subnet).toMatchObject({ lifecycle: { ignore_changes: ['availability_zone'] } });
    }
  });

  it('logs what it refuses', () => {
    expect(only(stack, 'aws_flow_log')).toMatchObject({
      traffic_type: 'REJECT',
      vpc_id: expect.stringContaining('aws_vpc.'),
    });
  });

  it('leaves the default group without a rule', () => {
    expect(Object.keys(only(stack, 'aws_default_security_group'))).toEqual(['vpc_id']);
  });

  it('holds every function', () => {
    const functions = all(stack, 'aws_lambda_function');

    expect(functions).toHaveLength(6);
    for (const { vpc_config: network } of functions) {
      expect(network).toMatchObject({
        security_group_ids: [expect.stringContaining('network_functions')],
        subnet_ids: { length: 3 },
      });
    }
  });
});

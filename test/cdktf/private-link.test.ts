import { describe, expect, it } from 'vitest';
import { evaluate, hasTerraform } from './evaluate.ts';
import { only, synthText } from './synth.ts';

/** What is asked of Terraform about the endpoint: its subnets, and whether there are any. */
const places = (() => {
  // References to what exists only once it is made.
  const text = synthText()
    .replace(/aws_subnet\.\w+?private-(\d)\w*\.(id|availability_zone)/g, 'local.subnet_$1.$2')
    .replace(/data\.aws_vpc_endpoint_service\.\w+\.availability_zones/g, 'local.served');
  const { subnet_ids: ids, lifecycle } = only(JSON.parse(text), 'aws_vpc_endpoint') as {
    subnet_ids: string;
    lifecycle: { precondition: { condition: string }[] };
  };
  return { ids: { value: ids }, isServed: { value: lifecycle.precondition[0]?.condition } };
})();

describe('a region whose zones are not served', () => {
  const stack = JSON.parse(synthText());

  it('is found out before the cluster is made, with the remedy in one line', () => {
    const { lifecycle } = only(stack, 'aws_vpc_endpoint') as {
      lifecycle: { precondition: { error_message: string }[] };
    };
    const [{ error_message: message } = { error_message: '' }] = lifecycle.precondition;

    expect(message).toMatch(
      /^Atlas's endpoint service stands in none of the network's zones\b.*destroy.*region/,
    );
    expect(message).not.toContain('\n');
    const address = /mongodbatlas_privatelink_endpoint_service\.\w+/;
    expect(JSON.stringify(only(stack, 'mongodbatlas_advanced_cluster').depends_on)).toMatch(
      address,
    );
    expect(only(stack, 'mongodbatlas_privatelink_endpoint_service').endpoint_service_id).toMatch(
      /aws_vpc_endpoint\./,
    );
  });
});

const subnet = (id: number, zone: string) => ({ id: `subnet-${id}`, availability_zone: zone });

describe.skipIf(!hasTerraform)("Atlas's endpoint", () => {
  it.each<[region: string, zones: [string, string, string], served: string[], ids: number[]]>([
    ['of three zones, all of them served', ['a', 'b', 'c'], ['a', 'b', 'c'], [1, 2, 3]],
    ['of two zones, so that two subnets share one', ['a', 'b', 'a'], ['a', 'b'], [1, 2]],
    ['of six zones, some of them served', ['a', 'b', 'c'], ['b', 'c', 'f'], [2, 3]],
    ['of zones that are not served', ['a', 'b', 'c'], ['d', 'e', 'f'], []],
  ])('is in one subnet of each zone that is served, in a region %s', (_, zones, served, ids) => {
    const [first, second, third] = zones;
    const locals = {
      subnet_1: subnet(1, first),
      subnet_2: subnet(2, second),
      subnet_3: subnet(3, third),
      served,
    };

    const { status, stderr, outputs } = evaluate({ locals, output: places });

    expect(status, stderr).toBe(0);
    expect(outputs).toEqual({
      ids: ids.map((id) => `subnet-${id}`),
      isServed: ids.length > 0,
    });
  });
});

import { describe, expect, it } from 'vitest';
import { environments } from '../../cdktf/environment/environments.ts';
import { findDatabaseExcess } from './privilege/database-excess.ts';
import { planted } from './privilege/planted.ts';
import { findPolicies } from './privilege/policies.ts';
import { findPolicyExcess } from './privilege/policy-excess.ts';
import { findResourceExcess } from './privilege/resource-excess.ts';
import type { Synthesised } from './synth.ts';
import { all, environmentOf, synth, synthText } from './synth.ts';

const findExcess = (stack: Synthesised): string[] => [
  ...findPolicyExcess(stack),
  ...findResourceExcess(stack),
  ...findDatabaseExcess(stack),
];

/** With all that an environment can have. */
const everything = (): Synthesised => {
  const { api, ...environment } = environmentOf('production');
  const certificateArn = 'arn:aws:acm:eu-west-1:123456789012:certificate/a';
  const domain = { name: 'events.example.org', certificateArn };
  return synth({ ...environment, api: { ...api, firewall: true, domain } });
};

describe('a stack', () => {
  it.each(environments.map(({ name }) => name))('allows the least that %s needs', (name) => {
    expect(findExcess(synth(environmentOf(name)))).toEqual([]);
  });

  it('allows the least with all that an environment can have', () => {
    const stack = everything();
    const places = findPolicies(stack).map(({ place }) => place.split('.')[0]);

    expect(findExcess(stack)).toEqual([]);
    for (const type of ['aws_iam_role', 'aws_iam_role_policy', 'aws_s3_bucket_policy']) {
      expect(places.filter((place) => place === type)).toHaveLength(all(stack, type).length);
    }
  });

  const text = synthText();

  it.each(planted)('is refused where it allows %s', (_, finding, plant) => {
    const stack: Synthesised = JSON.parse(text);
    plant(stack);

    expect(findExcess(stack).join('\n')).toContain(finding);
  });
});

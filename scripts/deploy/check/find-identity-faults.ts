import type { StateResource } from '../tools/terraform.ts';
import type { Loss } from './find-losses.ts';

/** What a deployment is, beside its state. */
export type Identity = { name: string; region: string; account: string };

/**
 * Compares the state with the deployment that is asked for: a state of another environment, AWS account or region
 * would have everything made a second time, since its resources cannot be seen from here.
 */
export const findIdentityFaults = (
  state: readonly StateResource[],
  { name, region, account }: Identity,
): Loss[] => {
  const [, , , ofRegion, ofAccount] = toText(find(state, 'aws_vpc')?.arn).split(':');
  const ofName = toText(find(state, 'aws_api_gateway_rest_api', 'problems')?.name);
  return [
    ...(ofName && ofName !== name
      ? [
          {
            word: 'name',
            message: `the state is of ${ofName}, not of ${name}: each environment has its own`,
          },
        ]
      : []),
    ...(ofAccount && ofAccount !== account
      ? [
          {
            word: 'account',
            message: `the deployment is in the AWS account ${ofAccount}, and these credentials are of ${account}`,
          },
        ]
      : []),
    ...(ofRegion && ofRegion !== region
      ? [
          {
            word: 'region',
            message: `the deployment is in ${ofRegion}, and environments.ts says ${region}: all of AWS would be made anew there, the old one left behind, and the cluster moved`,
          },
        ]
      : []),
  ];
};

const toText = (value: unknown): string => (typeof value === 'string' ? value : '');

const find = (
  state: readonly StateResource[],
  type: string,
  not = '-',
): StateResource['values'] | undefined =>
  state.find((resource) => resource.type === type && !resource.address.includes(not))?.values;

import { read, succeeds } from '../tools/run.ts';
import type { StateResource } from '../tools/terraform.ts';
import { findIdentityFaults } from './find-identity-faults.ts';
import type { Loss } from './find-losses.ts';

/**
 * Finds how the state differs from the deployment that is asked for.
 * @throws if the deployment exists, and its state is elsewhere
 */
export const findStrangeState = (
  state: readonly StateResource[],
  { name, region }: { name: string; region: string },
): Loss[] => {
  const identity = JSON.parse(read('aws', 'sts', 'get-caller-identity', '--output', 'json'));
  const faults = findIdentityFaults(state, { name, region, account: String(identity.Account) });
  const hasFunctions = state.some(({ type }) => type === 'aws_lambda_function');
  const lookUp = ['lambda', 'get-function', '--function-name', `${name}-api`, '--region', region];
  if (faults.length === 0 && !hasFunctions && succeeds('aws', ...lookUp)) {
    throw new Error(
      `${name} is deployed already, but the state here does not have it: bring terraform.${name}.tfstate from where it was deployed, ` +
        'or keep the state in a bucket (docs/deploy.md, "State")',
    );
  }
  return faults;
};

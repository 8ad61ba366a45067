import type { StateResource } from '../tools/terraform.ts';
import type { Loss } from './find-losses.ts';

/** What a deployment is, beside its state. */
export type Identity = { name: string; region: string; account: string };

/**
 * Compares the state with the deployment that is asked for: a state of another environment, AWS account or region
 * would have everything made a second time, since its resources cannot be seen from here. A state that a teardown
 * has left half-empty is known by whatever is left.
 */
export const findIdentityFaults = (
  state: readonly StateResource[],
  { name, region, account }: Identity,
): Loss[] => {
  const { region: ofRegion, account: ofAccount } = findPlace(state);
  const ofName = listNames(state).find((other) => other !== name);
  return [
    ...(ofName
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

/** The types that are named after the environment. */
const NAMED = ['aws_api_gateway_rest_api', 'aws_ecr_repository', 'mongodbatlas_project'];

function listNames(state: readonly StateResource[]): string[] {
  const names = state
    // The API that redirects problem types has another name.
    .filter(({ type, address }) => NAMED.includes(type) && !address.includes('problems'))
    .map(({ values }) => toText(values.name));
  const environments = state.map(({ values }) =>
    toText((values.tags_all as Record<string, unknown> | undefined)?.Environment),
  );
  return [...names, ...environments.map((word) => word && `iot-events-${word}`)].filter(Boolean);
}

/** The types whose ARN has the region of the deployment. */
const PLACED = ['aws_vpc', 'aws_subnet', 'aws_lambda_function', 'aws_ecr_repository'];

function findPlace(state: readonly StateResource[]): { region?: string; account?: string } {
  const placed = state.find(({ type, values }) => PLACED.includes(type) && toText(values.arn));
  const [, , , region, account] = toText(placed?.values.arn).split(':');
  return { ...(region && { region }), ...(account && { account }) };
}

const toText = (value: unknown): string => (typeof value === 'string' ? value : '');

import { adoptOrphans } from '../adopt-orphans.ts';
import { findAccessFaults, toAtlasKey } from '../check/find-faults.ts';
import { findOrganisationFaults } from '../check/find-organisation-faults.ts';
import { findStrangeState } from '../check/find-strange-state.ts';
import { initTerraform } from '../locks/init-terraform.ts';
import type { Place } from '../run-deployment.ts';
import { readStack } from '../tools/read-stack.ts';
import type { StateResource } from '../tools/terraform.ts';
import { Terraform } from '../tools/terraform.ts';
import { waitForNothing } from './find-leftovers.ts';

export type TeardownProps = Place & {
  /** Whether the operator has agreed to lose everything. */
  agreed: boolean;
  /** For how long AWS's index of tags may still show what is deleted. */
  patienceMs?: number;
};

/** Terraform wants one, and no resource that is deleted has it. */
const VARIABLES = [`-var=image_tag=${'0'.repeat(16)}`];

/**
 * Deletes everything of an environment, in whatever state an earlier deployment or teardown has left it, and proves
 * it. Without consent, it only shows what would be deleted. API Gateway's role for logs stays, since the account
 * has one for the APIs of all environments; it costs nothing.
 * @throws if something is missing or protected, if a step fails, or if something is left
 */
export const runTeardown = async ({
  name,
  region,
  directory,
  locks,
  env,
  agreed,
  patienceMs = 300_000,
}: TeardownProps): Promise<void> => {
  const stack = readStack(directory);
  const faults = await findAccessFaults(env, stack, { without: ['docker'] });
  if (faults.length > 0) throw toError(faults);
  const terraform = new Terraform(directory);
  initTerraform(terraform, locks);
  const state = terraform.readState();
  const strange = [
    ...findStrangeState(state, { name, region }),
    ...findOrganisationFaults(state, { stack, env }),
  ];
  if (strange.length > 0) throw toError(strange.map(({ message }) => message));
  refuseProtected(state, name);
  if (!agreed) {
    terraform.run('plan', '-destroy', '-input=false', ...VARIABLES);
    return;
  }

  const atlas = toAtlasKey(env);
  const place = { name, region };
  await adoptOrphans({ terraform, stack, atlas, ...place, variables: VARIABLES, withRole: false });
  // What was adopted may be protected, too.
  refuseProtected(terraform.readState(), name);
  keepLogRole(terraform, name);
  try {
    terraform.run('apply', '-destroy', '-auto-approve', '-input=false', ...VARIABLES);
  } catch (cause) {
    throw new Error(
      'The teardown stopped half-way. Run it again: it goes on with what is left, and an environment that is not deleted costs money',
      { cause },
    );
  }
  const deleted = new Set(state.map(({ values }) => String(values.arn)));
  await waitForNothing({ terraform, atlas, ...place, deleted, patienceMs });
};

const toError = (reasons: string[]): Error => new AggregateError(reasons, reasons.join('; '));

/** @throws if the cluster or the images are kept from being deleted, with the remedy */
function refuseProtected(state: readonly StateResource[], name: string): void {
  const isProtected = state.some(
    ({ type, values }) =>
      (type === 'mongodbatlas_advanced_cluster' &&
        values.termination_protection_enabled === true) ||
      (type === 'aws_ecr_repository' && values.force_delete === false),
  );
  if (!isProtected) return;
  throw new Error(
    `${name} is protected: set cluster.protected to false in cdktf/environment/environments.ts, deploy, then run this again`,
  );
}

/** Has Terraform forget the role: to delete it would take the logs of every other API in the account and region. */
function keepLogRole(terraform: Terraform, name: string): void {
  const role = `${name}-gateway-log`;
  const addresses = terraform
    .readState()
    .filter(
      ({ type, values }) =>
        type === 'aws_api_gateway_account' ||
        (type === 'aws_iam_role' && values.name === role) ||
        (type === 'aws_iam_role_policy_attachment' && values.role === role),
    )
    .map(({ address }) => address);
  if (addresses.length === 0) return;
  terraform.run('state', 'rm', ...addresses);
  console.log(`The role ${role} stays: other APIs of the account write their logs with it`);
}

import { adoptOrphans } from './adopt-orphans.ts';
import { findFaults, toAtlasKey } from './check/find-faults.ts';
import { findOrganisationFaults } from './check/find-organisation-faults.ts';
import { findStrangeState } from './check/find-strange-state.ts';
import type { Consent } from './deploy-stack.ts';
import { deployStack, refuseLosses } from './deploy-stack.ts';
import { lockImages } from './locks/base-images.ts';
import { initTerraform } from './locks/init-terraform.ts';
import { pushImage } from './push-image.ts';
import { findResources, readStack } from './tools/read-stack.ts';
import { succeeds } from './tools/run.ts';
import { Terraform } from './tools/terraform.ts';

/** Where a deployment is, and what it is called. */
export type Place = {
  /** Of the environment: the stack's name, and what all names begin with. */
  name: string;
  region: string;
  /** Where the synthesised stack is. */
  directory: string;
  /** The folder of locks, which is in git. */
  locks: string;
  env: Record<string, string | undefined>;
};

export type DeploymentProps = Place & {
  /** Builds what is deployed; its result is the image's tag. */
  build: () => Promise<string>;
  /** Options for `terraform plan`. */
  options: readonly string[];
  consent: Consent;
  /** For how long a stage may answer as before. */
  patienceMs?: number;
};

/**
 * Deploys a synthesised stack: checks everything that can be checked first, adopts what an interrupted deployment
 * has left, pushes the image, applies, and proves what runs.
 * @throws with every reason at once, if something is missing, or if a step fails
 */
export const runDeployment = async ({
  name,
  region,
  directory,
  locks,
  env,
  build,
  options,
  consent,
  ...patience
}: DeploymentProps): Promise<void> => {
  const stack = readStack(directory);
  const faults = await findFaults({ stack, name, region, env });
  if (faults.length > 0) throw new AggregateError(faults, faults.join('; '));
  // The tag follows from the base images, too.
  const baseImages = lockImages(locks);
  const tag = await build();
  const terraform = new Terraform(directory);
  initTerraform(terraform, locks);
  const state = terraform.readState();
  const strange = [
    ...findStrangeState(state, { name, region }),
    ...findOrganisationFaults(state, { stack, env }),
  ];
  refuseLosses(strange, consent.replace);

  const variables = [`-var=image_tag=${tag}`];
  await adoptOrphans({ terraform, stack, atlas: toAtlasKey(env), name, region, variables });
  const [repository] = findResources(stack, 'aws_ecr_repository');
  if (!repository) throw new Error(`${directory} has no image repository`);
  const lookUp = ['ecr', 'describe-repositories', '--repository-names', name, '--region', region];
  // The functions need the image, and the image needs a repository.
  if (!succeeds('aws', ...lookUp)) {
    terraform.run(
      'apply',
      '-input=false',
      '-auto-approve',
      `-target=${repository.address}`,
      ...variables,
    );
  }
  pushImage({ repository: name, tag, region, baseImages });
  const applied = { terraform, stack, tag, region, options: [...variables, ...options] };
  await deployStack({ ...applied, ...patience, consent });
};

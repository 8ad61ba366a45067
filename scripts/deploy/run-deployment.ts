import { adoptOrphans } from './adopt-orphans.ts';
import { findFaults, toAtlasKey } from './check/find-faults.ts';
import { findIdentityFaults } from './check/find-identity-faults.ts';
import { deployStack, refuseLosses } from './deploy-stack.ts';
import { parseOptions } from './parse-options.ts';
import { pushImage } from './push-image.ts';
import { findResources, readStack } from './tools/read-stack.ts';
import { read, succeeds } from './tools/run.ts';
import { Terraform } from './tools/terraform.ts';

export type DeploymentProps = {
  /** Of the environment: the stack's name, and what all names begin with. */
  name: string;
  region: string;
  /** Where the synthesised stack is. */
  directory: string;
  /** Builds what is deployed; its result is the image's tag. */
  build: () => Promise<string>;
  /** The words after the environment on the command line. */
  words: readonly string[];
  env: Record<string, string | undefined>;
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
  build,
  words,
  env,
}: DeploymentProps): Promise<void> => {
  const stack = readStack(directory);
  const faults = await findFaults({ stack, name, region, env });
  if (faults.length > 0) throw new AggregateError(faults, 'Something is missing');
  const { options, consent } = parseOptions(words);
  const tag = await build();
  const terraform = new Terraform(directory);
  terraform.run('init', '-input=false');
  refuseStrangeState(terraform, { name, region }, consent.replace);

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
  pushImage({ repository: name, tag, region });
  await deployStack({ terraform, tag, region, options: [...variables, ...options], consent });
};

/** @throws if the state is not of this deployment, or if the deployment has another state */
function refuseStrangeState(
  terraform: Terraform,
  { name, region }: { name: string; region: string },
  agreed: ReadonlySet<string>,
): void {
  const identity = JSON.parse(read('aws', 'sts', 'get-caller-identity', '--output', 'json'));
  const state = terraform.readState();
  refuseLosses(
    findIdentityFaults(state, { name, region, account: String(identity.Account) }),
    agreed,
  );
  const hasFunctions = state.some(({ type }) => type === 'aws_lambda_function');
  const lookUp = ['lambda', 'get-function', '--function-name', `${name}-api`, '--region', region];
  if (!hasFunctions && succeeds('aws', ...lookUp)) {
    throw new Error(
      `${name} is deployed already, but the state here does not have it: bring terraform.${name}.tfstate from where it was deployed, ` +
        'or keep the state in a bucket (docs/deploy.md, "State")',
    );
  }
}

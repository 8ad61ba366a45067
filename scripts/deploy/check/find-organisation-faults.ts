import type { Stack } from '../tools/read-stack.ts';
import type { StateResource } from '../tools/terraform.ts';
import type { Loss } from './find-losses.ts';

type Variables = Record<string, string | undefined>;

/** The Atlas organisation that Terraform would use: the variable's, or that of environments.ts. */
export const toOrganisation = (env: Variables, stack: Stack): string | undefined =>
  env.TF_VAR_atlas_org_id || stack.variable?.atlas_org_id?.default;

/** Finds where the shell, environments.ts and the state name several organisations: a project cannot move. */
export const findOrganisationFaults = (
  state: readonly StateResource[],
  { stack, env }: { stack: Stack; env: Variables },
): Loss[] => {
  const wanted = toOrganisation(env, stack);
  const given = stack.variable?.atlas_org_id?.default;
  const project = state.find(({ type }) => type === 'mongodbatlas_project');
  const deployed = project?.values.org_id;
  const messages = [
    ...(given && given !== wanted
      ? [`TF_VAR_atlas_org_id is ${wanted}, and environments.ts says ${given}`]
      : []),
    ...(typeof deployed === 'string' && deployed !== wanted
      ? [
          `the cluster is in the Atlas organisation ${deployed}, and this deployment is for ${wanted}`,
        ]
      : []),
  ];
  return messages.map((message) => ({ word: 'organisation', message }));
};

import type { Stack } from '../tools/read-stack.ts';
import { attempt, succeeds } from '../tools/run.ts';
import { findAccountFaults } from './find-account-faults.ts';
import { findAtlasFaults } from './find-atlas-faults.ts';
import { findMissing } from './find-missing.ts';
import { toOrganisation } from './find-organisation-faults.ts';
import { findVersionFaults } from './find-version-faults.ts';

type Environment = Record<string, string | undefined>;

export type FaultsProps = { stack: Stack; name: string; region: string; env: Environment };

/** Finds everything that a deployment would fail of before it makes anything. Takes seconds. */
export const findFaults = async ({ env, ...props }: FaultsProps): Promise<string[]> => {
  const isKnown = 'output' in attempt('aws', 'sts', 'get-caller-identity');
  const [access, account] = await Promise.all([
    findAccessFaults(env, props.stack, { project: props.name }),
    isKnown ? findAccountFaults(props) : [],
  ]);
  return [...access, ...account];
};

/**
 * Finds the variables, commands, versions and credentials that are missing or wrong.
 * @param without commands that are not needed
 * @param project the name of the Atlas project, if it may have to be made
 */
export const findAccessFaults = async (
  env: Environment,
  stack: Stack,
  { without = [], project }: { without?: readonly string[]; project?: string } = {},
): Promise<string[]> => {
  const key = toAtlasKey(env);
  const organisation = toOrganisation(env, stack);
  const atlas =
    key.publicKey && key.privateKey && organisation
      ? await findAtlasFaults(key, organisation, project)
      : [];
  const known = { ...env, TF_VAR_atlas_org_id: organisation };
  return [...findMissing(known, succeeds, without), ...findVersionFaults(), ...atlas];
};

/** The key that the provider of Atlas uses, too. */
export const toAtlasKey = (env: Environment) => ({
  publicKey: env.MONGODB_ATLAS_PUBLIC_KEY ?? '',
  privateKey: env.MONGODB_ATLAS_PRIVATE_KEY ?? '',
  ...(env.MONGODB_ATLAS_BASE_URL && { baseUrl: env.MONGODB_ATLAS_BASE_URL }),
});

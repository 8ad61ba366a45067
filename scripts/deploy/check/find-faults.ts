import type { Stack } from '../tools/read-stack.ts';
import { attempt, succeeds } from '../tools/run.ts';
import { findAccountFaults } from './find-account-faults.ts';
import { findAtlasFaults } from './find-atlas-faults.ts';
import { findMissing } from './find-missing.ts';
import { findVersionFaults } from './find-version-faults.ts';

type Environment = Record<string, string | undefined>;

export type FaultsProps = { stack: Stack; name: string; region: string; env: Environment };

/** Finds everything that a deployment would fail of before it makes anything. Takes seconds. */
export const findFaults = async ({ env, ...props }: FaultsProps): Promise<string[]> => {
  const missing = findMissing(env, succeeds);
  const isKnown = 'output' in attempt('aws', 'sts', 'get-caller-identity');
  const key = toAtlasKey(env);
  const [account, atlas] = await Promise.all([
    isKnown ? findAccountFaults(props) : [],
    key.publicKey && key.privateKey && env.TF_VAR_atlas_org_id
      ? findAtlasFaults(key, env.TF_VAR_atlas_org_id)
      : [],
  ]);
  return [...missing, ...findVersionFaults(), ...account, ...atlas];
};

/** The key that the provider of Atlas uses, too. */
export const toAtlasKey = (env: Environment) => ({
  publicKey: env.MONGODB_ATLAS_PUBLIC_KEY ?? '',
  privateKey: env.MONGODB_ATLAS_PRIVATE_KEY ?? '',
  ...(env.MONGODB_ATLAS_BASE_URL && { baseUrl: env.MONGODB_ATLAS_BASE_URL }),
});

import type { AtlasKey } from '../tools/get-from-atlas.ts';
import { getFromAtlas } from '../tools/get-from-atlas.ts';

/** Finds why Atlas would refuse a deployment's API key, with the remedy. */
export const findAtlasFaults = async (key: AtlasKey, orgId: string): Promise<string[]> => {
  try {
    const { status, body } = await getFromAtlas(key, `/orgs/${orgId}`);
    return status === 200 ? [] : [toFault(status, body, orgId)];
  } catch (error) {
    return [`Atlas cannot be reached: ${(error as Error).message}`];
  }
};

function toFault(
  status: number,
  { errorCode = '', detail }: Record<string, unknown>,
  orgId: string,
): string {
  const said = `Atlas says ${status}${errorCode ? ` ${errorCode}` : ''}`;
  if (/ACCESS_LIST|WHITELIST/.test(String(errorCode))) {
    return `${said}: add this machine's address to the access list of the Atlas API key (${detail ?? 'Organization Access Manager'})`;
  }
  if (status === 401)
    return `${said}: MONGODB_ATLAS_PUBLIC_KEY and MONGODB_ATLAS_PRIVATE_KEY are no valid pair`;
  if (status === 403 || status === 404) {
    return `${said}: the Atlas API key is not of the organisation ${orgId} (atlasOrgId, or TF_VAR_atlas_org_id), or lacks Organization Project Creator`;
  }
  return `${said}: try again later`;
}

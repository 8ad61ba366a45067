import type { AtlasKey } from '../tools/get-from-atlas.ts';
import { getFromAtlas } from '../tools/get-from-atlas.ts';

/**
 * Finds why Atlas would refuse a deployment's API key, with the remedy.
 * @param project the name of a project that is made if it does not exist; undefined if none is
 */
export const findAtlasFaults = async (
  key: AtlasKey,
  orgId: string,
  project?: string,
): Promise<string[]> => {
  try {
    const { status, body } = await getFromAtlas(key, `/orgs/${orgId}`);
    if (status !== 200) return [toFault(status, body, orgId)];
    return project ? await findRoleFaults(key, orgId, project) : [];
  } catch (error) {
    return [`Atlas cannot be reached: ${(error as Error).message}`];
  }
};

const CREATORS = ['ORG_OWNER', 'ORG_GROUP_CREATOR'];

type ApiKeys = { results?: { publicKey: string; roles: { orgId?: string; roleName: string }[] }[] };

/** Whoever creates a project owns it, and may make everything in it. */
async function findRoleFaults(key: AtlasKey, orgId: string, project: string): Promise<string[]> {
  const { status, body } = await getFromAtlas(key, `/orgs/${orgId}/apiKeys?itemsPerPage=500`);
  const own = (body as ApiKeys).results?.find(({ publicKey }) => publicKey === key.publicKey);
  // What Atlas does not tell, Terraform finds out.
  if (status !== 200 || !own) return [];
  const roles = own.roles.filter((role) => role.orgId === orgId).map(({ roleName }) => roleName);
  if (roles.some((role) => CREATORS.includes(role))) return [];
  const { status: found } = await getFromAtlas(key, `/groups/byName/${project}`);
  return found === 200
    ? []
    : [
        `the Atlas API key has the roles ${roles.join(', ')}: give it Organization Project Creator, since the project ${project} is to be created`,
      ];
}

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

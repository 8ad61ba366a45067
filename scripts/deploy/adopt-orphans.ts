import type { AtlasKey } from './tools/get-from-atlas.ts';
import { getFromAtlas } from './tools/get-from-atlas.ts';
import type { Stack } from './tools/read-stack.ts';
import { findResources } from './tools/read-stack.ts';
import { succeeds } from './tools/run.ts';
import type { StateResource, Terraform } from './tools/terraform.ts';

export type OrphanProps = {
  terraform: Terraform;
  stack: Stack;
  atlas: AtlasKey;
  name: string;
  region: string;
  /** Options that every `terraform import` needs. */
  variables: readonly string[];
  /** Whether API Gateway's role for logs is wanted, too. */
  withRole?: boolean;
};

type Orphan = { address: string | undefined; id: string };

/**
 * Imports what an interrupted deployment has made, and Terraform does not know: the provider of Atlas learns an id
 * only when it has stopped waiting, so Ctrl-C leaves a cluster that the next deployment could not make again.
 * The role of API Gateway's logs stays when an environment is torn down.
 * @returns the addresses of what was imported
 */
export const adoptOrphans = async (props: OrphanProps): Promise<string[]> => {
  const { terraform, variables, withRole = true } = props;
  const known = new Set(terraform.readState().map(({ address }) => address));
  const found = [...(await findAtlasOrphans(props)), ...(withRole ? findLogRole(props) : [])];
  const orphans = found.flatMap(({ address, id }) =>
    address && !known.has(address) ? [{ address, id }] : [],
  );
  for (const { address, id } of orphans) {
    console.log(`! ${address} exists, but Terraform does not know it: importing ${id}`);
    terraform.run('import', '-input=false', ...variables, address, id);
  }
  return orphans.map(({ address }) => address);
};

/** The address of the resource of a type, or of the one whose values have a text, where there are several. */
const toAddress = (stack: Stack, type: string, text = ''): string | undefined =>
  findResources(stack, type).find(({ values }) => Object.values(values).includes(text) || !text)
    ?.address;

/** What of this environment is in Atlas. */
async function findAtlasOrphans({
  atlas,
  stack,
  name,
  region,
  terraform,
}: OrphanProps): Promise<Orphan[]> {
  const project = await find(atlas, `/groups/byName/${name}`);
  const projectId = project?.id ?? toProjectId(terraform.readState());
  if (typeof projectId !== 'string') return [];
  const [cluster, offers] = await Promise.all([
    find(atlas, `/groups/${projectId}/clusters/${name}`),
    find(atlas, `/groups/${projectId}/privateEndpoint/AWS/endpointService`),
  ]);
  const atlasRegion = region.toUpperCase().replaceAll('-', '_');
  const offer = toOffers(offers).find(({ regionName }) =>
    [atlasRegion, region].includes(regionName),
  );
  return [
    { address: toAddress(stack, 'mongodbatlas_project'), id: projectId },
    ...(offer
      ? [
          {
            address: toAddress(stack, 'mongodbatlas_privatelink_endpoint'),
            id: `${projectId}-${offer.id}-AWS-${atlasRegion}`,
          },
        ]
      : []),
    ...(offer?.interfaceEndpoints ?? []).slice(0, 1).map((endpoint) => ({
      address: toAddress(stack, 'mongodbatlas_privatelink_endpoint_service'),
      id: `${projectId}--${offer?.id}--${endpoint}--AWS`,
    })),
    ...(cluster
      ? [{ address: toAddress(stack, 'mongodbatlas_advanced_cluster'), id: `${projectId}-${name}` }]
      : []),
  ];
}

const toProjectId = (state: readonly StateResource[]): unknown =>
  state.find(({ type }) => type === 'mongodbatlas_project')?.values.id;

type Offer = { id: string; regionName: string; interfaceEndpoints?: string[] };

const toOffers = (body: unknown): Offer[] => (Array.isArray(body) ? body : []);

/** @throws if Atlas answers neither with it nor that it does not exist */
async function find(atlas: AtlasKey, path: string): Promise<Record<string, unknown> | undefined> {
  const { status, body } = await getFromAtlas(atlas, path);
  if (status === 200) return body;
  // Without a project of that name, Atlas says 401 or 404, as the key cannot tell.
  if ([401, 403, 404].includes(status)) return undefined;
  throw new Error(`Atlas says ${status} ${body.errorCode ?? ''} to ${path}: try again later`);
}

function findLogRole({ stack, name }: OrphanProps): Orphan[] {
  const role = `${name}-gateway-log`;
  if (findResources(stack, 'aws_api_gateway_account').length === 0) return [];
  if (!succeeds('aws', 'iam', 'get-role', '--role-name', role)) return [];
  const policy = 'arn:aws:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs';
  return [
    { address: toAddress(stack, 'aws_iam_role', role), id: role },
    {
      address: toAddress(stack, 'aws_iam_role_policy_attachment', policy),
      id: `${role}/${policy}`,
    },
    { address: toAddress(stack, 'aws_api_gateway_account'), id: 'api-gateway-account' },
  ];
}

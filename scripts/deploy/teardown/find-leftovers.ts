import { setTimeout as sleep } from 'node:timers/promises';
import type { AtlasKey } from '../tools/get-from-atlas.ts';
import { getFromAtlas } from '../tools/get-from-atlas.ts';
import { attempt } from '../tools/run.ts';
import type { Terraform } from '../tools/terraform.ts';

export type LeftoversProps = {
  terraform: Terraform;
  atlas: AtlasKey;
  name: string;
  region: string;
  /** ARNs that Terraform has deleted: AWS's index of tags shows them for a while. */
  deleted: ReadonlySet<string>;
};

/** CloudFront and IAM are there, wherever the rest is. */
const GLOBAL = 'us-east-1';
const PAUSE_MS = 10_000;

/**
 * Waits until nothing of an environment is left.
 * @throws with what is left, if it does not go away
 */
export const waitForNothing = async ({
  patienceMs,
  ...props
}: LeftoversProps & { patienceMs: number }): Promise<void> => {
  for (const end = performance.now() + patienceMs; ; await sleep(PAUSE_MS)) {
    const left = await findLeftovers(props);
    if (left.length === 0) return;
    if (performance.now() + PAUSE_MS < end) continue;
    const advice = `The above is left of ${props.name}, or AWS's index of tags still shows it. Run this again in some minutes; delete by hand what it then still names`;
    throw new AggregateError([...left, advice], left.join('; '));
  }
};

/** Asks Terraform, AWS and Atlas what is left of an environment. A question that fails counts as something left. */
export const findLeftovers = async (props: LeftoversProps): Promise<string[]> => {
  const { terraform, name, region, deleted } = props;
  const regions = new Set([region, GLOBAL]);
  return [
    ...terraform.readState().map(({ address }) => `${address} is in Terraform's state`),
    ...[...regions].flatMap((each) => findTagged(name, each, (arn) => !deleted.has(arn))),
    ...(await findAtlasLeftovers(props)),
  ];
};

/** Each resource on AWS has the environment's tags, whether Terraform knows it or not. */
function findTagged(
  name: string,
  region: string,
  isOfInterest: (arn: string) => boolean,
): string[] {
  const environment = name.replace(/^iot-events-/, '');
  const tags = ['Key=Service,Values=iot-events-api', `Key=Environment,Values=${environment}`];
  const call = ['resourcegroupstaggingapi', 'get-resources', '--tag-filters', ...tags];
  const answer = attempt('aws', ...call, '--region', region, '--output', 'json');
  if ('fault' in answer) return [`AWS does not tell what is left in ${region}: ${answer.fault}`];
  const { ResourceTagMappingList: found = [] } = JSON.parse(answer.output || '{}') as {
    ResourceTagMappingList?: { ResourceARN: string }[];
  };
  return found
    .map(({ ResourceARN }) => ResourceARN)
    .filter((arn) => isOfInterest(arn) && !arn.endsWith(`/${name}-gateway-log`))
    .map((arn) => `${arn} is on AWS`);
}

async function findAtlasLeftovers({ atlas, name }: LeftoversProps): Promise<string[]> {
  const { status } = await getFromAtlas(atlas, `/groups/byName/${name}`);
  // Of a project that does not exist, Atlas says 401 or 404, as the key cannot tell.
  if ([401, 403, 404].includes(status)) return [];
  return [
    status === 200
      ? `The project ${name} is in Atlas`
      : `Atlas says ${status} when asked for the project ${name}`,
  ];
}

import type { Change, Plan } from '../tools/terraform.ts';

/** Something that a plan would take away, and the word that agrees to it in `--yes-replace=`. */
export type Loss = { word: string; message: string };

/** The types whose deletion or replacement loses what no further deployment brings back. */
const LASTING: Record<string, [word: string, loss: string]> = {
  mongodbatlas_project: ['project', 'the Atlas project, with its cluster'],
  mongodbatlas_advanced_cluster: ['cluster', 'the cluster, with all events'],
  mongodbatlas_privatelink_endpoint: ['link', 'the private link: nothing reaches the database'],
  mongodbatlas_privatelink_endpoint_service: [
    'link',
    'the private link: nothing reaches the database',
  ],
  aws_vpc_endpoint: ['link', 'the private link: nothing reaches the database'],
  aws_vpc: ['network', 'the network, with the private link'],
  aws_subnet: ['network', 'a part of the network'],
  aws_api_gateway_rest_api: ['api', "the API: devices know it by this API's address"],
  aws_api_gateway_stage: ['api', "the API's stage: devices know it by its address"],
  aws_api_gateway_domain_name: ['domain', "the API's domain"],
  aws_api_gateway_api_key: ['key', "the devices' API key"],
  aws_ecr_repository: ['images', 'the images, so that no earlier one can be rolled back to'],
  aws_api_gateway_account: [
    'log-role',
    'the role with which API Gateway writes the logs of every API in the account and region',
  ],
  aws_cloudwatch_log_group: ['logs', 'a log'],
};

/** Finds what a plan would delete, replace or turn off that does not come back; see LASTING. */
export const findLosses = ({
  resource_changes: planned = [],
  resource_drift: drift = [],
}: Plan): Loss[] => [
  ...planned.filter(isDeletion).flatMap((change) => toLoss(change, 'would be deleted or replaced')),
  ...drift
    .filter(isDeletion)
    .flatMap((change) =>
      toLoss(change, 'is gone, or cannot be seen from here, and would be made anew'),
    ),
  ...planned
    .filter((change) => !isDeletion(change))
    .flatMap((change) => [...findLostKey(change), ...findMovedCluster(change)]),
];

const isDeletion = ({ change }: Change): boolean => change.actions.includes('delete');

function toLoss({ address, type }: Change, fate: string): Loss[] {
  const known = LASTING[type];
  return known ? [{ word: known[0], message: `${address} ${fate}: ${known[1]}` }] : [];
}

/** The key of TF_VAR_rest_api_key, whose hash the router knows. */
function findLostKey({ address, change }: Change): Loss[] {
  const [before, after] = [change.before, change.after].map(toKeyHash);
  if (!before || before === after) return [];
  const fate = after ? 'would be another' : 'would be turned off';
  return [
    {
      word: 'key',
      message: `${address}: the API key of TF_VAR_rest_api_key ${fate}, for every device that has it. Is it set in this shell?`,
    },
  ];
}

type FunctionValues = { environment?: { variables?: Record<string, string> }[] } | null;

const toKeyHash = (values: unknown): string | undefined =>
  (values as FunctionValues)?.environment?.[0]?.variables?.PLAIN_KEY_HASH || undefined;

type ClusterValues = {
  replication_specs?: { region_configs?: { region_name?: string }[] }[];
} | null;

/** A cluster that changes in place, but moves to another region or has fewer shards. */
function findMovedCluster({ address, type, change }: Change): Loss[] {
  if (type !== 'mongodbatlas_advanced_cluster' || !change.before) return [];
  const [before, after] = [change.before, change.after].map((values) =>
    ((values as ClusterValues)?.replication_specs ?? []).map(
      ({ region_configs: regions }) => regions?.[0]?.region_name,
    ),
  ) as [string[], string[]];
  return [
    ...(before[0] && before[0] !== after[0]
      ? [{ word: 'region', message: `${address} would move from ${before[0]} to ${after[0]}` }]
      : []),
    ...(after.length < before.length
      ? [
          {
            word: 'shards',
            message: `${address} would have ${after.length} shards, not ${before.length}: Atlas refuses, or moves all events`,
          },
        ]
      : []),
  ];
}

import type { Succeeds } from '../tools/run.ts';

/**
 * Finds the variables and commands that are missing, each with its remedy: one for a command, the first that helps.
 * @param without commands that are not needed
 */
export const findMissing = (
  env: Record<string, string | undefined>,
  succeeds: Succeeds,
  without: readonly string[] = [],
): string[] => {
  const faults = new Map<string, string>();
  for (const [remedy, command, ...args] of COMMANDS) {
    if (without.includes(command) || faults.has(command) || succeeds(command, ...args)) continue;
    faults.set(command, remedy);
  }
  return [
    ...VARIABLES.filter(([name]) => !env[name]).map(
      ([name, remedy]) => `${name} is not set: ${remedy}`,
    ),
    ...faults.values(),
  ];
};

const VARIABLES: [name: string, remedy: string][] = [
  [
    'TF_VAR_atlas_org_id',
    "it is the id in the URL of your Atlas organisation's page; or set atlasOrgId in environments.ts",
  ],
  ['MONGODB_ATLAS_PUBLIC_KEY', 'create an API key in Atlas, Organization Access Manager'],
  ['MONGODB_ATLAS_PRIVATE_KEY', 'Atlas shows it once, when the API key is created'],
];

const COMMANDS: [remedy: string, command: string, ...args: string[]][] = [
  ['docker does not answer: install Docker and start it', 'docker', 'info'],
  ['docker has no buildx: install its plugin docker-buildx', 'docker', 'buildx', 'version'],
  ['terraform is not installed: see developer.hashicorp.com/terraform', 'terraform', 'version'],
  [
    'AWS does not know you: install the aws command, and set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY',
    'aws',
    'sts',
    'get-caller-identity',
  ],
];

import type { Resource, Synthesised } from '../synth.ts';
import { all, named } from '../synth.ts';

type Statement = Record<string, unknown>;
type Planted = readonly [excess: string, finding: string, plant: (stack: Synthesised) => unknown];

/** Ways to allow too much, what the finding says of each, and how to plant it. */
export const planted: Planted[] = [
  ['any action', 'allows any *', (stack) => allow(stack, { Action: '*' })],
  ['any action of a service', 'allows any s3:*', (stack) => allow(stack, { Action: ['s3:*'] })],
  ['all actions but some', 'allows the rest', (stack) => allow(stack, { NotAction: 'iam:*' })],
  [
    'any resource',
    'allows logs:PutLogEvents on *',
    (stack) => allow(stack, { Action: 'logs:PutLogEvents', Resource: '*' }),
  ],
  [
    'what is not of the stack',
    'on arn:aws:s3:::other',
    (stack) => allow(stack, { Resource: 'arn:aws:s3:::other' }),
  ],
  [
    'the network to code',
    'allows ec2:CreateNetworkInterface on *',
    (stack) => edit(routerPolicy(stack), 'policy', 'Deny', { Action: [] }),
  ],
  [
    'two services',
    'not one service',
    (stack) => trust(stack, { Service: ['a.amazonaws.com', 'b.amazonaws.com'] }),
  ],
  ['anyone to take a role', 'trusts "*"', (stack) => trust(stack, '*')],
  ['an account to take a role', 'trusts {"AWS"', (stack) => trust(stack, { AWS: '123456789012' })],
  ['anyone to read a bucket', 'lets in "*"', (stack) => openBucket(stack, { Principal: '*' })],
  ['any distribution to read it', 'for anyone', (stack) => openBucket(stack, { Condition: {} })],
  [
    'any API to call',
    'lets in calls',
    (stack) => change(stack, 'aws_lambda_permission', { source_arn: null }),
  ],
  ['anyone to call', 'open to all', (stack) => add(stack, 'aws_lambda_function_url', {})],
  [
    'a policy unseen',
    'attaches a policy',
    (stack) => add(stack, 'aws_iam_role_policy_attachment', ADMINISTRATOR),
  ],
  [
    'more policies unseen',
    'policies that nobody',
    (stack) => change(stack, 'aws_iam_role', { managed_policy_arns: [ADMINISTRATOR.policy_arn] }),
  ],
  [
    'a public bucket',
    'made public',
    (stack) => change(stack, BLOCK, { block_public_policy: false }),
  ],
  [
    'a bucket without a block',
    'made public',
    (stack) => change(stack, BLOCK, { bucket: 'another' }),
  ],
  [
    'endless logs',
    'keeps for ever',
    (stack) => change(stack, 'aws_cloudwatch_log_group', { retention_in_days: 0 }),
  ],
  [
    'new images under old tags',
    'be replaced',
    (stack) => change(stack, REPOSITORY, { image_tag_mutability: '' }),
  ],
  ['a key that could leak', 'key that could leak', (stack) => add(stack, 'aws_iam_access_key', {})],
  [
    'a policy that is data',
    'out of sight',
    (stack) => Object.assign(stack, { data: POLICY_DOCUMENT }),
  ],
  [
    'a whole database',
    'readWrite on events.*',
    (stack) => give(stack, 'readWrite', { database_name: 'events' }),
  ],
  [
    'every database',
    'readAnyDatabase on admin.*',
    (stack) => give(stack, 'readAnyDatabase', { database_name: 'admin' }),
  ],
  [
    'Atlas itself',
    'atlasAdmin on admin.*',
    (stack) => give(stack, 'atlasAdmin', { database_name: 'admin' }),
  ],
  ['all clusters', 'user of all clusters', (stack) => change(stack, USER, { scopes: [] })],
  ['a password', 'not a role of AWS', (stack) => change(stack, USER, { password: 'one' })],
  ['the migration to delete', 'may REMOVE', (stack) => act(stack, 'REMOVE', EVENTS)],
  [
    'the migration all collections',
    'may FIND on',
    (stack) => act(stack, 'FIND', { ...EVENTS, collection_name: '' }),
  ],
  [
    'the migration the cluster',
    'may SERVER_STATUS',
    (stack) => act(stack, 'SERVER_STATUS', { cluster: true }),
  ],
];

const ADMINISTRATOR = { policy_arn: 'arn:aws:iam::aws:policy/AdministratorAccess' };
const BLOCK = 'aws_s3_bucket_public_access_block';
const EVENTS = { database_name: 'events', collection_name: 'events' };
const POLICY_DOCUMENT = { aws_iam_policy_document: { policy: {} } };
const REPOSITORY = 'aws_ecr_repository';
const USER = 'mongodbatlas_database_user';

/** Changes the statements of one effect within a policy. */
function edit(resource: Resource, name: string, effect: string, statement: Statement): void {
  const policy = JSON.parse(resource[name] as string) as { Statement: Statement[] };
  for (const each of policy.Statement) if (each.Effect === effect) Object.assign(each, statement);
  resource[name] = JSON.stringify(policy);
}

const routerPolicy = (stack: Synthesised): Resource =>
  named(stack, 'aws_iam_role_policy', 'router');

const allow = (stack: Synthesised, statement: Statement): void =>
  edit(routerPolicy(stack), 'policy', 'Allow', statement);

const trust = (stack: Synthesised, Principal: unknown): void =>
  edit(named(stack, 'aws_iam_role', 'router'), 'assume_role_policy', 'Allow', { Principal });

const openBucket = (stack: Synthesised, statement: Statement): void =>
  edit(named(stack, 'aws_s3_bucket_policy', 'docs'), 'policy', 'Allow', statement);

const change = (stack: Synthesised, type: string, attributes: Resource): void =>
  void Object.assign(named(stack, type, ''), attributes);

const add = (stack: Synthesised, type: string, resource: Resource): void =>
  void Object.assign(stack.resource, { [type]: { added: resource } });

const give = (stack: Synthesised, role_name: string, of: object): void =>
  change(stack, USER, { roles: [{ role_name, ...of }] });

const act = (stack: Synthesised, action: string, resource: object): void => {
  const [role] = all(stack, 'mongodbatlas_custom_db_role') as [{ actions: object[] }];
  role.actions.push({ action, resources: [resource] });
};

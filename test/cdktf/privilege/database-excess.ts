import type { Resource, Synthesised } from '../synth.ts';

type Right = { role_name: string; database_name: string; collection_name?: string };
type Action = { action: string; resources: Record<string, unknown>[] };

// The roles of MongoDB that Atlas can narrow to one collection.
const OF_A_COLLECTION = ['read', 'readWrite'];
// Asked of a database, whichever collections it has.
const OF_A_DATABASE = ['LIST_COLLECTIONS'];
// What changes or takes events; only the router, by its role, may.
const OF_EVENTS = /^(INSERT|UPDATE|REMOVE|BYPASS|DROP_(COLLECTION|DATABASE)|RENAME|CONVERT)/;

/** What users and roles of the database may do beyond the least, each with its address. */
export const findDatabaseExcess = ({ resource }: Synthesised): string[] => [
  ...toFindings(resource, 'mongodbatlas_database_user', userExcess),
  ...toFindings(resource, 'mongodbatlas_custom_db_role', roleExcess),
];

function toFindings(
  resource: Synthesised['resource'],
  type: string,
  excessOf: (of: Resource) => string[],
): string[] {
  return Object.entries(resource[type] ?? {}).flatMap(([id, of]) =>
    excessOf(of).map((excess) => `${type}.${id}: ${excess}`),
  );
}

function userExcess(user: Resource): string[] {
  const isRole = user.aws_iam_type === 'ROLE' && /^\$\{aws_iam_role\./.test(String(user.username));
  const scopes = (user.scopes ?? []) as { type: string }[];
  return [
    ...(isRole && !('password' in user) ? [] : ['is not a role of AWS alone']),
    ...(scopes.length === 1 && scopes[0]?.type === 'CLUSTER' ? [] : ['is a user of all clusters']),
    ...(user.roles as Right[]).flatMap(rightExcess),
  ];
}

function rightExcess({ role_name: role, database_name: database, ...rest }: Right): string[] {
  // A role of one's own lives in `admin`; roleExcess looks at what it allows.
  if (/^\$\{mongodbatlas_custom_db_role\.\w+\.role_name\}$/.test(role) && database === 'admin')
    return [];
  const isNarrow = OF_A_COLLECTION.includes(role) && database === 'events' && rest.collection_name;
  return isNarrow ? [] : [`has ${role} on ${database}.${rest.collection_name ?? '*'}`];
}

function roleExcess({ actions, inherited_roles: inherited }: Resource): string[] {
  return [
    ...(inherited ? ['has the rights of other roles'] : []),
    ...(actions as Action[]).flatMap(({ action, resources }) => [
      ...(OF_EVENTS.test(action) ? [`may ${action}`] : []),
      ...resources
        .filter((of) => of.database_name !== 'events' || 'cluster' in of || !isNamed(action, of))
        .map((of) => `may ${action} on ${JSON.stringify(of)}`),
    ]),
  ];
}

const isNamed = (action: string, { collection_name: name }: Record<string, unknown>): boolean =>
  OF_A_DATABASE.includes(action) || (typeof name === 'string' && name !== '');

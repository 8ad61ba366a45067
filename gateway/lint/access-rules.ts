import type { Api, AuthorizerSettings } from '../document/api.ts';
import { getOwn, isRecord } from '../document/cursor.ts';
import { findUriFault } from './find-uri-fault.ts';
import type { Complaint, Rule } from './rule.ts';
import { refuses, weakens } from './rule.ts';

const TYPES = ['token', 'request', 'cognito_user_pools'];
const MAX_TTL_SECONDS = 3600;
const IDENTITY =
  /^(method\.request\.(header|querystring)\.\S+|context\.[\w.]+|stageVariables\.\w+)$/;
const POLICY = 'x-amazon-apigateway-policy';

/** Rules on who may call: authorizers, and the policy of the API. */
export const accessRules: Rule[] = [
  refuses(105, ({ securitySchemes }) =>
    [...securitySchemes.values()].flatMap(({ authorizerSettings: settings }) =>
      settings
        ? findAuthorizerFaults(settings).map(([member, message]) => ({
            place: `${settings.place}/${member}`,
            message,
          }))
        : [],
    ),
  ),
  weakens(105, ({ methods, securitySchemes }) =>
    methods.flatMap(({ place, security = [] }) => {
      const names = new Set(
        security.flat().filter((name) => securitySchemes.get(name)?.authorizer),
      );
      return names.size <= 1
        ? []
        : [{ place, message: `requires ${[...names].join(' and ')}: a method has one authorizer` }];
    }),
  ),
  refuses(107, findPolicyFaults),
];

/** The faults of an authorizer, by its member. */
function findAuthorizerFaults(settings: AuthorizerSettings): [member: string, message: string][] {
  const { type = 'missing', uri, pools, ttlSeconds = 300, identitySource } = settings;
  if (!TYPES.includes(type)) return [['type', `is ${type}: write one of ${TYPES.join(', ')}`]];
  const faults: [string, string][] = [];
  if (type === 'cognito_user_pools') {
    if (pools === 0) faults.push(['providerARNs', 'has no user pool: add its ARN']);
  } else {
    const fault = findUriFault('aws_proxy', uri);
    if (fault) faults.push(['authorizerUri', fault]);
  }
  if (!(Number.isInteger(ttlSeconds) && ttlSeconds >= 0 && ttlSeconds <= MAX_TTL_SECONDS)) {
    const message = `is ${ttlSeconds}: choose 0 to ${MAX_TTL_SECONDS} s`;
    faults.push(['authorizerResultTtlInSeconds', message]);
  }
  if (type === 'request' && ttlSeconds > 0 && !identitySource) {
    const message = 'is missing: add what to cache by, or set authorizerResultTtlInSeconds to 0';
    faults.push(['identitySource', message]);
  }
  const sources = (identitySource ?? '').split(',').map((source) => source.trim());
  for (const source of sources.filter((text) => text && !IDENTITY.test(text))) {
    const message = `has ${source}: write method.request.header.NAME or its like`;
    faults.push(['identitySource', message]);
  }
  return faults;
}

/** Finds what is no policy. What its statements come to is not looked at. */
function findPolicyFaults({ document }: Api): Complaint[] {
  const policy = getOwn(document, POLICY);
  if (policy === undefined) return [];
  const place = `/${POLICY}`;
  if (!isRecord(policy)) return [{ place, message: 'is no policy: write an object' }];
  const given = getOwn(policy, 'Statement');
  const statements = Array.isArray(given) ? given : [given];
  return statements.flatMap((statement, index) => {
    const at = `${place}/Statement${Array.isArray(given) ? `/${index}` : ''}`;
    const fault = findStatementFault(statement);
    return fault ? [{ place: at, message: fault }] : [];
  });
}

function findStatementFault(statement: unknown): string | undefined {
  if (!isRecord(statement)) return 'is no statement: write Effect, Principal, Action and Resource';
  if (!['Allow', 'Deny'].includes(String(statement.Effect)))
    return 'has no Effect: write Allow or Deny';
  const missing = ['Principal', 'Action', 'Resource'].find(
    (member) => statement[member] === undefined && statement[`Not${member}`] === undefined,
  );
  return missing && `has no ${missing}: add it`;
}

import { isRecord, toJsonPointer } from '../../document/cursor.ts';
import type { Reason } from './document-refused.ts';

const PREFIX = 'x-amazon-apigateway-';

/** Extensions that are simulated, or that change nothing of what a client sees. */
const HARMLESS = new Set([
  'any-method',
  'api-key-source',
  'binary-media-types',
  'documentation',
  'endpoint-configuration',
  'gateway-responses',
  'importexport-version',
  'integration',
  'integrations',
  'minimum-compression-size',
  'request-validator',
  'request-validators',
  'security-policy',
  'tag-value',
]);
/** Extensions of authorization, which a fixed context replaces. */
const AUTHORIZERS = new Set(['auth', 'authorizer', 'authtype']);
const REMEDIES = new Map([
  ['auth', 'is IAM: AWS would check the signature; give a context as a fixed value (authorizer)'],
  ['cors', 'belongs to HTTP APIs: AWS imports it as one; this gateway serves REST APIs alone'],
  ['policy', 'is a resource policy: AWS would allow and deny requests by it; leave it out here'],
]);

/** Finds extensions that AWS would obey, in a part of the document that is no example or model. */
export const findUnsimulatedExtensions = (
  document: Record<string, unknown>,
  hasAuthorizer: boolean,
): Reason[] => {
  const reasons: Reason[] = [];
  const walk = (part: unknown, steps: (string | number)[]): void => {
    if (Array.isArray(part))
      for (const [index, item] of part.entries()) walk(item, [...steps, index]);
    if (!isRecord(part)) return;
    for (const [key, value] of Object.entries(part)) {
      const at = [...steps, key];
      if (key === 'example' || key === 'examples' || isModels(at)) continue;
      const message = key.startsWith(PREFIX)
        ? findFault(key.slice(PREFIX.length), value, hasAuthorizer)
        : undefined;
      if (message) reasons.push({ place: toJsonPointer(...at), message });
      else if (!key.startsWith(PREFIX) || key.endsWith('any-method')) walk(value, at);
    }
  };
  walk(document, []);
  return reasons;
};

const isModels = (steps: (string | number)[]): boolean =>
  ['components/schemas', 'definitions'].includes(steps.join('/')) || steps.at(-1) === 'schema';

function findFault(name: string, value: unknown, hasAuthorizer: boolean): string | undefined {
  if (HARMLESS.has(name)) {
    return name === 'api-key-source' && value === 'AUTHORIZER'
      ? "is AUTHORIZER: AWS would take the key from an authorizer's reply; write HEADER"
      : undefined;
  }
  // A scheme that no method requires has no effect; one that is required is told at the method.
  if (name === 'authorizer' || name === 'authtype') return undefined;
  if (AUTHORIZERS.has(name)) {
    const type = isRecord(value) ? value.type : undefined;
    const isNone = typeof type === 'string' && type.toUpperCase() === 'NONE';
    return hasAuthorizer || isNone ? undefined : REMEDIES.get(name);
  }
  return REMEDIES.get(name) ?? 'is an extension that this gateway does not know: leave it out';
}

import type { GatewayRequest } from './gateway-request.ts';
import { findHeader } from './gateway-request.ts';
import type { Stage } from './gateway-settings.ts';
import type { Route } from './routes.ts';
import { toLogTime } from './to-proxy-event.ts';

/** What expressions can refer to: a request may have no route, and an error no stage. */
export type Scope = { request: GatewayRequest; stage?: Stage; route?: Route };

/**
 * The value of a mapped expression (fact 84): a constant in single quotes, or a part of the request; undefined if the
 * request has no such part.
 */
export const evaluate = (expression: string, scope: Scope): string | undefined => {
  if (expression.startsWith("'")) return expression.slice(1, -1);
  const [root, ...steps] = expression.split('.');
  if (root === 'context') return toContext(scope).get(steps.join('.'));
  if (root === 'stageVariables') return getOwn(scope.stage?.variables, steps.join('.'));
  const [place, part = '', ...name] = steps;
  if (root !== 'method') return undefined;
  if (place === 'request') return findPart(part, name.join('.'), scope);
  return place === 'input' && part === 'params' ? findInput(name.join('.'), scope) : undefined;
};

const findInput = (name: string, scope: Scope): string | undefined =>
  findPart('path', name, scope) ??
  findPart('querystring', name, scope) ??
  findPart('header', name, scope);

function findPart(part: string, name: string, { request, route }: Scope): string | undefined {
  switch (part) {
    case 'header':
      return findHeader(request, name.toLowerCase());
    case 'multivalueheader':
      return toText(
        request.headers.filter(([header]) => header.toLowerCase() === name.toLowerCase()),
      );
    case 'querystring':
      return request.query.findLast(([parameter]) => parameter === name)?.[1];
    case 'multivaluequerystring':
      return toText(request.query.filter(([parameter]) => parameter === name));
    case 'path':
      return getOwn(route?.pathParameters, name);
    default:
      return undefined;
  }
}

const toText = (pairs: [string, string][]): string | undefined =>
  pairs.length === 0 ? undefined : pairs.map(([, value]) => value).join(',');

/** The variables of `$context` that are the same in errors and mappings. */
export const toContext = ({ request, stage, route }: Scope): Map<string, string | undefined> => {
  const domainName = findHeader(request, 'host');
  return new Map([
    ['accountId', '000000000000'],
    ['apiId', 'local'],
    ['domainName', domainName],
    ['domainPrefix', domainName?.split('.', 1)[0]],
    ['extendedRequestId', request.extendedRequestId],
    ['httpMethod', request.method],
    ['identity.sourceIp', request.sourceIp],
    ['identity.userAgent', findHeader(request, 'user-agent')],
    ['path', route?.fullPath ?? request.path],
    ['protocol', 'HTTP/1.1'],
    ['requestId', request.requestId],
    ['requestTime', toLogTime(request.receivedAt)],
    ['requestTimeEpoch', String(request.receivedAt.getTime())],
    ['resourcePath', route?.resource],
    ['stage', stage?.name],
  ]);
};

const getOwn = (record: Record<string, string> | undefined, key: string): string | undefined =>
  record && Object.hasOwn(record, key) ? record[key] : undefined;

import type { Api, Method } from '../document/api.ts';
import type { GatewayFailure } from './gateway-failure.ts';
import type { Stage } from './gateway-settings.ts';

/** The method that a request matches. */
export type Route = {
  /** The path's template, such as `/devices/{deviceID}`. */
  resource: string;
  method: Method;
  /** Not decoded, with one leading slash, without the stage and the base path. */
  path: string;
  /** As the client sent it, but for a stage that is not in the URL (fact 47). */
  fullPath: string;
  /** Not decoded (fact 89). */
  pathParameters: Record<string, string>;
};

/** The methods that `ANY` stands for (fact 78). */
const ANY = new Set(['DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT']);

/**
 * Finds the method of a request: of the resources that match the path and have the method, the one whose segments are
 * the most literal from left to right (fact 90). A trailing slash is ignored (fact 47).
 */
export const createRoutes = ({ methods }: Pick<Api, 'methods'>, stage: Stage) => {
  const resources = [...new Set(methods.map(({ resource }) => resource))]
    .map((resource) => ({
      resource,
      parts: toParts(resource),
      methods: new Map(
        methods
          .filter((method) => method.resource === resource && isMethod(method))
          .map((method) => [method.method, method]),
      ),
    }))
    .sort((a, b) => compare(a.parts, b.parts));
  const prefix = toPrefix(stage);
  return (name: string, fullPath: string): Route | GatewayFailure => {
    const path = withoutPrefix(fullPath, prefix);
    if (path === undefined) return { type: 'NO_STAGE', message: 'Forbidden' };
    const parts = toParts(path);
    for (const { resource, parts: template, methods: ofPath } of resources) {
      const method = ofPath.get(name) ?? (ANY.has(name) ? ofPath.get('ANY') : undefined);
      const pathParameters = method && matchParts(template, parts);
      if (pathParameters) return { resource, method, path, fullPath, pathParameters };
    }
    return { type: 'MISSING_AUTHENTICATION_TOKEN', message: 'Missing Authentication Token' };
  };
};

/** A document may have `trace`, which API Gateway does not (fact 18). */
const isMethod = ({ method }: Method): boolean => method === 'ANY' || ANY.has(method);

/** A base path may be written with its slashes. */
const toPrefix = ({ name, isInUrl, basePath = '' }: Stage): string =>
  [basePath.replace(/^\/+|\/+$/g, ''), isInUrl ? name : '']
    .filter(Boolean)
    .map((part) => `/${part}`)
    .join('');

/** Undefined if the URL belongs to another stage or base path, or to none. */
function withoutPrefix(fullPath: string, prefix: string): string | undefined {
  // A target need not be a path: `*` is none.
  const path = fullPath.replace(/^\/+/, '/');
  if (prefix === '') return path;
  if (path === prefix) return '/';
  return path.startsWith(`${prefix}/`) ? path.slice(prefix.length).replace(/^\/+/, '/') : undefined;
}

const toParts = (path: string): string[] => path.replace(/^\/+|\/$/g, '').split('/');

/** 0 for a literal segment, 1 for a variable, 2 for a greedy one, 3 for none. */
function toRank(part: string | undefined): number {
  if (part === undefined) return 3;
  if (!part.startsWith('{')) return 0;
  return part.endsWith('+}') ? 2 : 1;
}

function compare(a: string[], b: string[]): number {
  for (let index = 0; index < Math.max(a.length, b.length); index += 1) {
    const difference = toRank(a[index]) - toRank(b[index]);
    if (difference !== 0) return difference;
  }
  return 0;
}

function matchParts(template: string[], path: string[]): Record<string, string> | undefined {
  const parameters = new Map<string, string>();
  for (const [index, part] of template.entries()) {
    const rank = toRank(part);
    const actual = rank === 2 ? path.slice(index).join('/') : path[index];
    // An empty segment is no value (fact 91).
    if (rank > 0 && !actual) return undefined;
    if (rank === 0 && part !== actual) return undefined;
    if (rank === 1) parameters.set(part.slice(1, -1), actual ?? '');
    if (rank === 2) return toRecord(parameters.set(part.slice(1, -2), actual ?? ''));
  }
  return template.length === path.length ? toRecord(parameters) : undefined;
}

const toRecord = (parameters: Map<string, string>): Record<string, string> =>
  Object.fromEntries(parameters);

import type { ImportDocument, ImportOperation } from '../import-document.ts';
import type { GatewayFailure } from './gateway-failure.ts';
import type { Stage } from './gateway-settings.ts';

/** The operation that a request matches. */
export type Route = {
  /** The path's template, such as `/devices/{deviceID}`. */
  resource: string;
  operation: ImportOperation;
  /** Not decoded, without the stage and the base path. */
  path: string;
  pathParameters: Record<string, string>;
};

/** Takes the methods that a path does not declare, HEAD included (fact 78). */
const ANY = 'x-amazon-apigateway-any-method';

/** Finds the operation of a request. Literal paths win over templates; a trailing slash is ignored (fact 47). */
export const createRoutes = ({ paths }: ImportDocument, stage: Stage) => {
  const resources = Object.entries(paths)
    .map(([resource, item]) => ({ resource, item, parts: toParts(resource) }))
    .sort((a, b) => countParameters(a.parts) - countParameters(b.parts));
  const prefix = toPrefix(stage);
  return (method: string, fullPath: string): Route | GatewayFailure => {
    const path = withoutPrefix(fullPath, prefix);
    if (path === undefined) return { type: 'NO_STAGE', message: 'Forbidden' };
    for (const { resource, item, parts } of resources) {
      const pathParameters = matchParts(parts, toParts(path));
      const operation = pathParameters && (item[method.toLowerCase()] ?? item[ANY]);
      if (operation) return { resource, operation, path, pathParameters };
    }
    return { type: 'MISSING_AUTHENTICATION_TOKEN', message: 'Missing Authentication Token' };
  };
};

function toPrefix({ name, isInUrl, basePath }: Stage): string {
  if (basePath) return `/${basePath}`;
  return isInUrl ? `/${name}` : '';
}

/** Undefined if the URL belongs to another stage or base path, or to none. */
function withoutPrefix(path: string, prefix: string): string | undefined {
  // A target need not be a path: `*` is none.
  if (prefix === '') return path;
  if (path === prefix) return '/';
  return path.startsWith(`${prefix}/`) ? path.slice(prefix.length) : undefined;
}

const toParts = (path: string): string[] => path.replace(/^\/+|\/$/g, '').split('/');

const isParameter = (part: string): boolean => part.startsWith('{');

const countParameters = (parts: string[]): number => parts.filter(isParameter).length;

function matchParts(template: string[], path: string[]): Record<string, string> | undefined {
  if (template.length !== path.length) return undefined;
  const parameters: Record<string, string> = {};
  for (const [index, part] of template.entries()) {
    const actual = path[index] ?? '';
    if (isParameter(part)) parameters[part.slice(1, -1)] = decodeSafely(actual);
    else if (part !== actual) return undefined;
  }
  return parameters;
}

function decodeSafely(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

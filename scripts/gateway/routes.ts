import type { ImportDocument, ImportOperation } from '../../cdktf/import-document.ts';

/** A request's way through the API. */
export type Route = {
  /** The path's template, such as `/devices/{deviceID}`. */
  resource: string;
  operation: ImportOperation;
  pathParameters: Record<string, string>;
};

const ANY = 'x-amazon-apigateway-any-method';

/** Literal paths win over templates; a trailing slash is the same resource (fact 47). */
export const createRoutes = ({ paths }: ImportDocument) => {
  const resources = Object.entries(paths)
    .map(([resource, item]) => ({ resource, item, parts: toParts(resource) }))
    .sort((a, b) => countParameters(a.parts) - countParameters(b.parts));
  return (method: string, path: string): Route | undefined => {
    for (const { resource, item, parts } of resources) {
      const pathParameters = matchParts(parts, toParts(path));
      if (!pathParameters) continue;
      const operation = item[method.toLowerCase()] ?? item[ANY];
      return operation && { resource, operation, pathParameters };
    }
    return undefined;
  };
};

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

import type { APIGatewayProxyEvent } from 'aws-lambda';
import type { RouterRequest } from '../http/router-request.ts';

/**
 * Reads an event of API Gateway (facts 44–54). Never throws, whoever calls the function: a field that has another
 * type than API Gateway gives it counts as missing.
 */
export const fromProxyEvent = (
  event: APIGatewayProxyEvent,
  signal?: AbortSignal,
): RouterRequest => {
  const body = toText(event.body);
  return {
    method: toText(event.httpMethod),
    path: toPath(event),
    // Not all that invoke the function fill in both maps.
    query: {
      ...toQuery(event.queryStringParameters ?? {}),
      ...toQuery(event.multiValueQueryStringParameters ?? {}),
    },
    headers: toHeaders(event.headers ?? {}),
    body: event.isBase64Encoded ? Buffer.from(body, 'base64').toString() : body,
    requestId: toText(event.requestContext?.requestId),
    signal,
    planKeyId: event.requestContext?.identity?.apiKeyId ?? undefined,
  };
};

const isText = (value: unknown): value is string => typeof value === 'string';
const toText = (value: unknown): string => (isText(value) ? value : '');

/**
 * The path without the base path of a custom domain, which `event.path` includes: its last segments, if they match
 * the resource. A trailing slash may follow them (fact 47).
 */
function toPath({ path: sent, resource }: APIGatewayProxyEvent): string {
  const path = toText(sent);
  if (path === resource) return path;
  const template = toSegments(toText(resource));
  const segments = toSegments(path);
  const own = segments.slice(-template.length);
  const hasBasePath = template.length > 0 && segments.length > template.length;
  const isOwn = template.every((part, index) => /^\{\w+\}$/.test(part) || part === own[index]);
  return hasBasePath && isOwn ? `/${own.join('/')}` : path;
}

const toSegments = (path: string): string[] => path.split('/').filter(Boolean);

/** One value becomes text, several become a list: the contract decides whether it takes lists. */
function toQuery(parameters: object): RouterRequest['query'] {
  // Object.fromEntries, unlike an assignment, sets `__proto__` like any other name.
  return Object.fromEntries(
    Object.entries(parameters).flatMap(([name, values]) => {
      const [value, ...others] = [values ?? []].flat().filter(isText);
      if (value === undefined) return [];
      return [[name, others.length === 0 ? value : [value, ...others]]];
    }),
  );
}

function toHeaders(headers: APIGatewayProxyEvent['headers']): Record<string, string> {
  const lower: Record<string, string> = {};
  for (const name in headers) {
    const value = headers[name];
    if (isText(value)) lower[name.toLowerCase()] = value;
  }
  return lower;
}

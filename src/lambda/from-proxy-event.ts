import type { APIGatewayProxyEvent } from 'aws-lambda';
import type { RouterRequest } from '../http/request.ts';

/**
 * What API Gateway hands to the function (facts 44–54). Whoever calls it is answered: what
 * is not as API Gateway has it is as if it were not there.
 */
export const fromProxyEvent = (event: APIGatewayProxyEvent): RouterRequest => {
  const body = toText(event.body);
  return {
    method: toText(event.httpMethod),
    path: toText(event.path),
    query: event.multiValueQueryStringParameters
      ? toQuery(event.multiValueQueryStringParameters)
      : {},
    headers: toHeaders(event.headers ?? {}),
    body: event.isBase64Encoded ? Buffer.from(body, 'base64').toString() : body,
    requestId: toText(event.requestContext?.requestId),
    planKeyId: event.requestContext?.identity?.apiKeyId ?? undefined,
  };
};

const isText = (value: unknown): value is string => typeof value === 'string';
const toText = (value: unknown): string => (isText(value) ? value : '');

/** One value as text, several as a list: the contract decides whether it takes lists. */
function toQuery(
  parameters: NonNullable<APIGatewayProxyEvent['multiValueQueryStringParameters']>,
): RouterRequest['query'] {
  // Not by assignment, to which `__proto__` is no name like any other.
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
    if (isText(value)) lower[toLowerCase(name)] = value;
  }
  return lower;
}

// A fleet sends few different ones, over and over; what else somebody makes up is not remembered.
const MAX_NAMES = 100;
const names = new Map<string, string>();

function toLowerCase(name: string): string {
  const known = names.get(name);
  if (known !== undefined) return known;
  const lower = name.toLowerCase();
  if (names.size < MAX_NAMES) names.set(name, lower);
  return lower;
}

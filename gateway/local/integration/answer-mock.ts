import type { Integration, IntegrationResponse } from '../../document/api.ts';
import type { Call } from '../call.ts';
import { evaluate } from '../evaluate.ts';
import type { GatewayFailure } from '../gateway-failure.ts';
import { findHeader } from '../gateway-request.ts';
import type { HttpReply } from '../to-http-reply.ts';
import { isHeader, toStatus, withHeaders } from '../to-http-reply.ts';
import { readOriginTemplate } from './read-origin-template.ts';

/** Answers a request by a mock integration, such as a preflight (facts 38 and 95). Its templates have no code but one. */
export const answerMock = (integration: Integration, call: Call): HttpReply | GatewayFailure => {
  const template = pickRequestTemplate(integration, call);
  if (template === undefined) {
    return { type: 'UNSUPPORTED_MEDIA_TYPE', message: 'Unsupported Media Type' };
  }
  const wanted = findStatus(template);
  const response = wanted && findResponse(integration.responses, wanted);
  const status = response && toStatus(response.statusCode);
  if (!status) return { type: 'API_CONFIGURATION_ERROR', message: 'Internal server error' };
  const { type, text } = pickResponseTemplate(response, call);
  const origins = readOriginTemplate(text);
  const headers = withHeaders({ 'Content-Type': type }, toHeaders(response, call));
  return {
    status,
    headers: origins ? withHeaders(headers, toOwnOrigin(origins, call)) : headers,
    body: origins ? '' : text,
  };
};

function toOwnOrigin(origins: string[], { request }: Call): Record<string, string> {
  const origin = findHeader(request, 'origin');
  return origin && origins.includes(origin) ? { 'Access-Control-Allow-Origin': origin } : {};
}

/** By the content type; without a template for it, the body itself, unless that is refused (fact 95). */
function pickRequestTemplate(
  { requestTemplates, passthroughBehavior = 'when_no_match' }: Integration,
  { request, body }: Call,
): string | undefined {
  const header = findHeader(request, 'content-type') ?? 'application/json';
  const type = header.split(';', 1)[0]?.trim().toLowerCase() ?? '';
  const template = requestTemplates.get(type) ?? requestTemplates.get('$default');
  if (template !== undefined) return template;
  const behavior = passthroughBehavior.toLowerCase();
  const passes =
    behavior === 'when_no_match' ||
    (behavior === 'when_no_templates' && requestTemplates.size === 0);
  return passes ? body.text : undefined;
}

/** The `statusCode` of the template's root. AWS takes keys without quotes, too, as the CDK writes them (fact 95). */
function findStatus(template: string): string | undefined {
  let root = template.trim().replace(/^\{/, '').replace(/\}$/, '');
  for (const nested = /\{[^{}]*\}/g; nested.test(root); ) root = root.replace(nested, '');
  return /(?:^|[\s,])["']?statusCode["']?\s*:\s*["']?([1-5]\d\d)\b/.exec(root)?.[1];
}

/** The first response whose pattern matches the whole status, else the default one. */
function findResponse(
  responses: Map<string, IntegrationResponse>,
  status: string,
): IntegrationResponse | undefined {
  for (const [pattern, response] of responses) {
    if (pattern !== 'default' && matches(pattern, status)) return response;
  }
  return responses.get('default');
}

function matches(pattern: string, status: string): boolean {
  try {
    return new RegExp(`^(?:${pattern})$`).test(status);
  } catch {
    return false;
  }
}

/** The template of the type that the client accepts first, else the first one. */
function pickResponseTemplate({ responseTemplates }: IntegrationResponse, { request }: Call) {
  const accepted = findHeader(request, 'accept')?.split(/[,;]/, 1)[0]?.trim() ?? '';
  const [first = 'application/json'] = responseTemplates.keys();
  const type = responseTemplates.has(accepted) ? accepted : first;
  return { type, text: responseTemplates.get(type) ?? '' };
}

/** Headers of the back end's reply are absent: a mock has none. */
const toHeaders = ({ responseParameters }: IntegrationResponse, call: Call) =>
  Object.fromEntries(
    [...responseParameters].flatMap(([target, expression]): [string, string][] => {
      const name = target.replace('method.response.header.', '');
      const value = evaluate(expression, call);
      return value !== undefined && isHeader(name, value) ? [[name, value]] : [];
    }),
  );

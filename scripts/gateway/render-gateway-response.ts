import type { GatewayResponse, GatewayResponseType } from '../../cdktf/gateway-responses.ts';
import type { ImportDocument } from '../../cdktf/import-document.ts';
import type { HttpReply } from './http-reply.ts';

type ErrorContext = { requestId: string; message: string; details: string | undefined };

// API Gateway's own, where the document sets none.
const DEFAULT_STATUS: Record<string, number> = { DEFAULT_4XX: 400, DEFAULT_5XX: 502 };

/** The error that the gateway makes, in the words that the document gives it (fact 35). */
export const renderGatewayResponse = (
  document: ImportDocument,
  type: GatewayResponseType,
  context: ErrorContext,
): HttpReply => {
  const response: Omit<GatewayResponse, 'statusCode'> & { statusCode?: number | undefined } =
    document['x-amazon-apigateway-gateway-responses'][type];
  return {
    status: response.statusCode ?? DEFAULT_STATUS[type] ?? 500,
    headers: { 'Content-Type': 'application/json', ...toHeaders(response.responseParameters) },
    body: render(response.responseTemplates['application/json'] ?? '', context),
  };
};

/** Simple substitution, not VTL; messageString brings its quotes, the other variables do not. */
const render = (template: string, { requestId, message, details }: ErrorContext): string =>
  template
    .replaceAll('$context.error.messageString', () => JSON.stringify(message))
    .replaceAll('$context.error.validationErrorString', () =>
      JSON.stringify(details ?? '').slice(1, -1),
    )
    .replaceAll('$context.requestId', () => requestId);

const toHeaders = (parameters: Record<string, string>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(parameters).map(([name, value]) => [
      name.replace('gatewayresponse.header.', ''),
      value.slice(1, -1),
    ]),
  );

import type { APIGatewayProxyResult } from 'aws-lambda';
import { responseValidators } from '../../generated/response-validators.js';
import type { ApiHandler } from '../../src/lambda/api-handler.ts';

/**
 * Wraps the function so that a reply that the contract does not document becomes an error of the function.
 * Deployments do not check replies: it costs time, and no device could do anything about it.
 */
export const checkReplies =
  (lambda: ApiHandler): ApiHandler =>
  async (event, context) => {
    const result = await lambda(event, context);
    // Set if the contract has the path; @types/aws-lambda lacks it.
    const { operationName } = event.requestContext as { operationName?: string };
    const wrong = operationName && findFault(operationName, result);
    if (wrong) throw new Error(`${operationName} answered ${result.statusCode}: ${wrong}`);
    return result;
  };

/** Says how a reply differs from those that the contract documents. */
export function findFault(
  operationId: string,
  { statusCode, headers, body }: APIGatewayProxyResult,
): string | undefined {
  const validators = responseValidators[operationId] ?? {};
  // A status without a body has null; only a status that is not named is covered by `default`.
  const validate = statusCode in validators ? validators[statusCode] : validators.default;
  if (validate === undefined) return 'the contract documents no such status';
  const type = String(headers?.['Content-Type']);
  // Lines of JSON and CSV are not checked.
  if (body !== '' && !/[/+]json$/.test(type)) return undefined;
  if (validate === null) return body === '' ? undefined : 'the contract documents no body';
  if (validate(JSON.parse(body))) return undefined;
  return `the body does not match the contract: ${JSON.stringify(validate.errors)}`;
}

import type { InvalidField, Problem } from '../contract.ts';
import type { ProblemType } from '../names/problem-types.ts';
import { problemDetails, problemTypes } from '../names/problem-types.ts';

/** A problem (RFC 9457) without the request's id, which the router adds. */
export type ProblemReply<Status extends number = number> = {
  status: Status;
  headers?: Record<string, string>;
  body: Omit<Problem, 'requestId'>;
};

/** Every problem of the function; API Gateway's own are in openapi/import/to-gateway-responses.ts. */
export const problems = {
  invalidRequest: (errors: InvalidField[]) =>
    problem('invalid-request', 'The request does not match the contract', { errors }),
  malformedJson: () =>
    problem('malformed-json', 'The body is not well-formed JSON', {
      errors: [{ pointer: '', detail: 'must be well-formed JSON' }],
    }),
  clockSkew: (now: Date, detail: string) =>
    problem('clock-skew', "The event's date does not fit the time here", {
      serverTime: now.toISOString(),
      errors: [{ pointer: '/date', detail }],
    }),
  forbidden: () => problem('forbidden', problemDetails.forbidden),
  insufficientScope: (scope: string) =>
    problem('insufficient-scope', `The key lacks the scope ${scope}`),
  deviceNotAllowed: (field: Pick<InvalidField, 'pointer'> | Pick<InvalidField, 'parameter'>) =>
    problem(
      'device-not-allowed',
      'This key is limited to certain devices, and this is not one of them',
      {
        errors: [{ ...field, detail: 'is not a device of this key' }],
      },
    ),
  notFound: () => problem('not-found', problemDetails['not-found']),
  methodNotAllowed: (allowed: string[]): ProblemReply => ({
    ...problem('method-not-allowed', `The path takes ${allowed.join(', ')}`),
    headers: { Allow: allowed.join(', ') },
  }),
  payloadTooLarge: (bytes: number, limit: number) =>
    problem('payload-too-large', `The body is ${bytes} bytes of JSON, ${limit} are allowed`),
  unsupportedMediaType: () =>
    problem('unsupported-media-type', 'Content-Type must be application/json'),
  internalError: () => problem('internal-error', 'The service failed to answer this request'),
  databaseUnavailable: () =>
    outage('database-unavailable', 'The database does not answer at the moment'),
  notPrepared: () => outage('not-prepared', 'The database is not prepared for this version yet'),
};

/** A problem that may pass: Retry-After is in seconds. */
const outage = (
  type: 'database-unavailable' | 'not-prepared',
  detail: string,
): ProblemReply<503> => ({
  ...problem(type, detail),
  headers: { 'Retry-After': '2' },
});

function problem<Type extends ProblemType>(
  type: Type,
  detail: string,
  more: Pick<Problem, 'errors' | 'serverTime'> = {},
): ProblemReply<(typeof problemTypes)[Type]['status']> {
  const { status, title } = problemTypes[type];
  return { status, body: { type: `/problems/${type}`, title, status, detail, ...more } };
}

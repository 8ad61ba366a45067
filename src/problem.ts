import type { InvalidField, Problem } from './contract.ts';

/** A problem before the request's id is put in (RFC 9457). */
export type ProblemReply<Status extends number = number> = {
  status: Status;
  headers?: Record<string, string>;
  body: Omit<Problem, 'requestId'>;
};

/** Every problem that the router answers with; the gateway's own are in cdktf/gateway-responses.ts. */
export const problems = {
  invalidRequest: (errors: InvalidField[]) =>
    problem(400, 'invalid-request', 'Invalid request', 'The request does not match the contract', {
      errors,
    }),
  malformedJson: () =>
    problem(400, 'malformed-json', 'Malformed JSON', 'The body is not well-formed JSON', {
      errors: [{ pointer: '', detail: 'must be well-formed JSON' }],
    }),
  clockSkew: (now: Date, detail: string) =>
    problem(400, 'clock-skew', 'Clock skew', "The event's date does not fit the time here", {
      serverTime: now.toISOString(),
      errors: [{ pointer: '/date', detail }],
    }),
  forbidden: () =>
    problem(403, 'forbidden', 'Forbidden', 'The x-api-key header is missing or not valid'),
  insufficientScope: (scope: string) =>
    problem(
      403,
      'insufficient-scope',
      'Insufficient scope',
      `The key does not have the scope ${scope}, which this needs`,
    ),
  deviceNotAllowed: (field: Pick<InvalidField, 'pointer'> | Pick<InvalidField, 'parameter'>) =>
    problem(
      403,
      'device-not-allowed',
      'Device not allowed',
      'The key is bound to devices, of which this is none',
      { errors: [{ ...field, detail: 'is not a device of this key' }] },
    ),
  notFound: () => problem(404, 'not-found', 'Not found', 'The API has no such path'),
  methodNotAllowed: (allowed: string[]): ProblemReply => ({
    ...problem(
      405,
      'method-not-allowed',
      'Method not allowed',
      `The path takes ${allowed.join(', ')}`,
    ),
    headers: { Allow: allowed.join(', ') },
  }),
  payloadTooLarge: (bytes: number, limit: number) =>
    problem(
      413,
      'payload-too-large',
      'Payload too large',
      `The body is ${bytes} bytes of JSON, ${limit} are allowed`,
    ),
  unsupportedMediaType: () =>
    problem(
      415,
      'unsupported-media-type',
      'Unsupported media type',
      'Content-Type must be application/json',
    ),
  internalError: () =>
    problem(500, 'internal-error', 'Internal error', 'The service failed to answer this request'),
  databaseUnavailable: () =>
    outage(
      'database-unavailable',
      'Database unavailable',
      'The database does not answer at the moment',
    ),
  notPrepared: () =>
    outage('not-prepared', 'Not prepared', 'The database is not prepared for this version yet'),
};

/** A problem that may pass: try again after that many seconds. */
const outage = (type: string, title: string, detail: string): ProblemReply<503> => ({
  ...problem(503, type, title, detail),
  headers: { 'Retry-After': '2' },
});

function problem<Status extends number>(
  status: Status,
  type: string,
  title: string,
  detail: string,
  more: Pick<Problem, 'errors' | 'serverTime'> = {},
): ProblemReply<Status> {
  return { status, body: { type: `/problems/${type}`, title, status, detail, ...more } };
}

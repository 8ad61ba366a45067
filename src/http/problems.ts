import type { ProblemType } from '../../generated/problem-types.ts';
import { problemTypes } from '../../generated/problem-types.ts';
import type { InvalidField, Problem } from '../contract.ts';

/** A problem before the request's id is put in (RFC 9457). */
export type ProblemReply<Status extends number = number> = {
  status: Status;
  headers?: Record<string, string>;
  body: Omit<Problem, 'requestId'>;
};

/** Every problem that the router answers with; the gateway's own are in openapi/import/to-gateway-responses.ts. */
export const problems = {
  invalidRequest: (errors: InvalidField[]) =>
    problem('invalid-request', 'The request does not match the contract', { errors }),
  malformedJson: () =>
    problem('malformed-json', 'The body is not well-formed JSON', {
      errors: [{ code: 'malformed-json', pointer: '', detail: 'must be well-formed JSON' }],
    }),
  /** JSON is UTF-8 (RFC 8259, section 8.1). */
  notUtf8: (pointer: string) =>
    problem('malformed-json', 'The body is not UTF-8', {
      errors: [
        {
          code: 'not-utf8',
          pointer,
          detail:
            'has text that is not UTF-8, or a replacement character that is not escaped as \\ufffd',
        },
      ],
    }),
  clockSkew: (now: Date, refusal: Pick<InvalidField, 'code' | 'detail'>) =>
    problem('clock-skew', 'The date of the event does not fit the time of the service', {
      serverTime: now.toISOString(),
      errors: [{ ...refusal, pointer: '/date' }],
    }),
  forbidden: () => problem('forbidden', problemTypes.forbidden.detail),
  insufficientScope: (scope: string) =>
    problem('insufficient-scope', `The key lacks the scope ${scope}, which this request needs`),
  deviceNotAllowed: (field: Pick<InvalidField, 'pointer' | 'parameter'>) =>
    problem(
      'device-not-allowed',
      'The key is limited to certain devices, and this is not one of them',
      { errors: [{ ...field, code: 'device-not-allowed', detail: 'is not a device of this key' }] },
    ),
  notFound: () => problem('not-found', problemTypes['not-found'].detail),
  deviceUnknown: () => problem('device-unknown', 'There are no events of this device'),
  methodNotAllowed: (allowed: string[]): ProblemReply => ({
    ...problem('method-not-allowed', `The path takes ${allowed.join(', ')}`),
    headers: { Allow: allowed.join(', ') },
  }),
  batchTooLarge: (bytes: number, limit: number) =>
    problem('payload-too-large', `The batch is ${bytes} bytes of JSON, ${limit} are allowed`),
  eventTooLarge: (bytes: number, limit: number) =>
    problem(
      'payload-too-large',
      `The event is ${bytes} bytes as replies write it, ${limit} are allowed`,
    ),
  unsupportedMediaType: () =>
    problem('unsupported-media-type', 'Content-Type must be application/json'),
  internalError: () => problem('internal-error', 'The service failed to answer this request'),
  databaseUnavailable: () =>
    outage('database-unavailable', 'The database does not answer at the moment'),
  keyUnchecked: () =>
    outage(
      'database-unavailable',
      'Too many requests with unknown keys: this key cannot be checked at the moment',
    ),
  tooManyStreams: () =>
    outage('too-many-streams', 'As many streams are open as the service allows', 15),
  deletionUnfinished: (count: number) =>
    outage(
      'deletion-unfinished',
      `${count} events were deleted, and there are more: send the same request again`,
      1,
    ),
  notPrepared: () => outage('not-prepared', 'The database is not prepared for this version yet'),
};

type Outage = 'database-unavailable' | 'not-prepared' | 'too-many-streams' | 'deletion-unfinished';

/** A problem that passes by itself: the client tries again after `Retry-After` seconds. */
const outage = (type: Outage, detail: string, retryAfter = 2): ProblemReply<503> => ({
  ...problem(type, detail),
  headers: { 'Retry-After': String(retryAfter) },
});

function problem<Type extends ProblemType>(
  type: Type,
  detail: string,
  more: Pick<Problem, 'errors' | 'serverTime'> = {},
): ProblemReply<(typeof problemTypes)[Type]['status']> {
  const { status, title } = problemTypes[type];
  return { status, body: { type: `/problems/${type}`, title, status, detail, ...more } };
}

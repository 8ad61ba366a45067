import type { InvalidField, Problem } from './contract/api-types.ts';

type AnyProblem = Omit<Problem, 'type'> & { type: string };

/** The API, or a gateway in front of it, answered with an error status. The fields are those of RFC 9457. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';
  /** The kind of problem, such as `/problems/clock-skew`; `about:blank` if the response is no problem of the API. */
  readonly type: string;
  /** Names the kind of problem in a few words. */
  readonly title: string;
  /** The HTTP status; for an event of a batch, the status that it would have had alone. */
  readonly status: number;
  /** Explains this occurrence in a sentence. */
  readonly detail: string;
  /** The fields at fault; empty for problems that concern no field. */
  readonly errors: InvalidField[];
  /** Identifies the request in the service's logs; empty if the response does not contain it. */
  readonly requestId: string;
  /** The service's time; only set for `/problems/clock-skew`. */
  readonly serverTime: Date | undefined;
  /** Milliseconds to wait before the next request, from the header `Retry-After`. */
  readonly retryAfterMs: number | undefined;

  constructor(problem: AnyProblem, retryAfterMs?: number) {
    const { type, title, status, detail, errors = [], requestId, serverTime } = problem;
    super(`${status} ${title}: ${[detail, ...errors.map(toText)].join('; ')}`);
    this.type = type;
    this.title = title;
    this.status = status;
    this.detail = detail;
    this.errors = errors;
    this.requestId = requestId;
    this.serverTime = serverTime === undefined ? undefined : new Date(serverTime);
    this.retryAfterMs = retryAfterMs;
  }

  /** Whether the API itself reports the problem, and not something on the way to it. */
  get isOfApi(): boolean {
    return this.type.startsWith('/problems/');
  }
}

const toText = ({ parameter, pointer = '', detail }: InvalidField): string =>
  `${parameter ?? pointer} ${detail}`.trim();

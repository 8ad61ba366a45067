import type { InvalidField, Problem } from './api-types.ts';

/** The API, or a gateway before it, answered with something other than success (RFC 9457). */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';
  /** What kind of problem it is, such as `/problems/clock-skew`; `about:blank` if the reply was none of ours. */
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly errors: InvalidField[];
  /** Names the request in the service's logs; empty where no reply named it. */
  readonly requestId: string;
  /** The time there, of `/problems/clock-skew` alone. */
  readonly serverTime: Date | undefined;
  /** How long the service wants to be left alone. */
  readonly retryAfterMs: number | undefined;

  constructor(problem: Problem, retryAfterMs?: number) {
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
}

const toText = ({ parameter, pointer = '', detail }: InvalidField): string =>
  `${parameter ?? pointer} ${detail}`.trim();

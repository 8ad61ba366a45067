import type { components } from '../../../generated/openapi.ts';

type Problem = components['schemas']['Problem'];

/** Why the API did not give what was asked for, in words for the one who looks at the page. */
export class ApiFailure extends Error {
  override name = 'ApiFailure';
  readonly title: string;
  /** Undefined where no reply came. */
  readonly status: number | undefined;
  /** How long the API wants to be left alone. */
  readonly retryAfterMs: number;

  constructor(title: string, detail: string, reply?: Response) {
    super(detail);
    this.title = title;
    this.status = reply?.status;
    this.retryAfterMs = Number(reply?.headers.get('Retry-After')) * 1000 || 0;
  }

  /** The same request would fail again: it is the viewer's turn. */
  get isFinal(): boolean {
    const { status = 0 } = this;
    return status >= 400 && status < 500 && status !== 408 && status !== 429;
  }
}

/** What a reply that is no success says; not every gateway on the way speaks in problems (RFC 9457). */
export const toApiFailure = (reply: Response, body: unknown): ApiFailure => {
  if (!isProblem(body)) {
    return new ApiFailure(`The API answered ${reply.status}`, reply.statusText, reply);
  }
  const { type, title, detail, errors = [], requestId } = body;
  const fields = errors.map((error) => `${error.parameter ?? error.pointer ?? ''} ${error.detail}`);
  const words = [detail, ...fields].map((sentence) => `${sentence.trim()}.`).join(' ');
  const isKey = type === '/problems/forbidden';
  const heading = isKey ? 'The API did not accept this key' : title;
  return new ApiFailure(heading, `${words} (Request ${requestId})`, reply);
};

const isProblem = (body: unknown): body is Problem =>
  typeof body === 'object' && body !== null && 'title' in body && 'detail' in body;

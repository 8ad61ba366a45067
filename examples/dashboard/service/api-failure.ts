import type { components } from '../../../generated/openapi.ts';

type Problem = components['schemas']['Problem'];

/** A failed request, in words for the viewer. */
export class ApiFailure extends Error {
  override name = 'ApiFailure';
  readonly title: string;
  /** Undefined if there was no response. */
  readonly status: number | undefined;
  /** How long the API asks to wait. */
  readonly retryAfterMs: number;

  constructor(title: string, detail: string, reply?: Response) {
    super(detail);
    this.title = title;
    this.status = reply?.status;
    this.retryAfterMs = Number(reply?.headers.get('Retry-After')) * 1000 || 0;
  }

  /** Whether the same request would fail again, until the viewer changes something. */
  get isFinal(): boolean {
    const { status = 0 } = this;
    return status >= 400 && status < 500 && status !== 408 && status !== 429;
  }
}

/** Converts an error response. Gateways on the way may send a body that is no problem (RFC 9457). */
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

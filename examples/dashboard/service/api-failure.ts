import { ConnectionError, ProblemError } from '../../../clients/typescript/src/index.ts';

/** A failed request, in words for the viewer. */
export class ApiFailure extends Error {
  override name = 'ApiFailure';
  readonly title: string;
  /** Undefined if there was no response. */
  readonly status: number | undefined;
  /** How long the API asks to wait. */
  readonly retryAfterMs: number;

  constructor(title: string, detail: string, problem?: ProblemError) {
    super(detail);
    this.title = title;
    this.status = problem?.status;
    this.retryAfterMs = problem?.retryAfterMs ?? 0;
  }

  /** Whether the same request would fail again, until the viewer changes something. */
  get isFinal(): boolean {
    const { status = 0 } = this;
    return status >= 400 && status < 500 && status !== 408 && status !== 429;
  }
}

/** Converts what the client threw; anything else is a bug of the page. */
export const toApiFailure = (error: unknown, url: string): ApiFailure => {
  if (error instanceof ProblemError) return toFailure(error);
  if (error instanceof ConnectionError) {
    return error.message.startsWith('No response') ? unreachable(url) : notTheApi(url);
  }
  // Show it, and log its stack.
  console.error(error);
  return new ApiFailure('This page failed', String(error));
};

function toFailure(problem: ProblemError): ApiFailure {
  const { type, title, status, detail, errors, requestId } = problem;
  if (!problem.isOfApi) return new ApiFailure(`The API answered ${status}`, detail, problem);
  const fields = errors.map((error) => `${error.parameter ?? error.pointer ?? ''} ${error.detail}`);
  const words = [detail, ...fields].map((sentence) => `${sentence.trim()}.`).join(' ');
  return new ApiFailure(TITLES[type] ?? title, `${words} (Request ${requestId})`, problem);
}

const TITLES: Record<string, string> = {
  '/problems/forbidden': 'The API did not accept this key',
  '/problems/device-unknown': 'This device is unknown',
};

// Browsers hide the cause from pages, to protect other sites.
function unreachable(url: string): ApiFailure {
  const isElsewhere = new URL(url).origin !== location.origin;
  const question = isElsewhere
    ? `Is ${url} running, and does its api.corsOrigins allow ${location.origin}?`
    : `Is ${url} running?`;
  return new ApiFailure('The API cannot be reached', question);
}

const notTheApi = (url: string): ApiFailure =>
  new ApiFailure('This is not the API', `${url} responds, but not as the API does.`);

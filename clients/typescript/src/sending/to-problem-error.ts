import { ProblemError } from '../problem-error.ts';
import { toRetryAfterMs } from './to-retry-after-ms.ts';

/** Converts an error response. Gateways on the way may send a body that is no problem. */
export const toProblemError = ({ status, statusText, headers }: Response, text: string) => {
  const body = parse(text);
  const { message } = body as { message?: unknown };
  const problem = isProblem(body)
    ? body
    : {
        type: 'about:blank',
        title: statusText || 'Not a response of the API',
        status,
        detail: typeof message === 'string' ? message : text.slice(0, 200),
        requestId: headers.get('x-amzn-RequestId') ?? '',
      };
  return new ProblemError(problem, toRetryAfterMs(headers));
};

function parse(text: string): object {
  try {
    return Object(JSON.parse(text));
  } catch {
    return {};
  }
}

const isProblem = (body: object): body is ConstructorParameters<typeof ProblemError>[0] =>
  'type' in body && 'title' in body && 'status' in body && 'detail' in body;

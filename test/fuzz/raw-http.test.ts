import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { useLocalService } from '../harness/local-service.ts';
import type { Canary } from './canary.ts';
import { createCanary } from './canary.ts';
import { findUndocumented } from './find-undocumented.ts';
import { FUZZ, fuzz } from './fuzz.ts';
import { converse } from './raw/raw-connection.ts';
import { rawExamples } from './raw/raw-examples.ts';
import type { RawRequest, Talk } from './raw/raw-request.ts';
import { isHttp, talk, toParts } from './raw/raw-request.ts';
import type { RawReply } from './read-replies.ts';

const service = useLocalService();
const unhandled: unknown[] = [];
const onUnhandled = (error: unknown) => unhandled.push(error);
let canary: Canary;
beforeAll(async () => {
  process.on('unhandledRejection', onUnhandled);
  canary = await createCanary(service.url());
});
afterAll(() => {
  process.off('unhandledRejection', onUnhandled);
});

/** What Node answers by itself to what is no request, or too much of one; and what a gateway may. */
const OWN = [400, 403, 408, 414, 417, 431];
const ANY = [...OWN, 200, 201, 204, 207, 304, 404, 405, 413, 415];

describe('the local gateway', () => {
  it('answers any bytes with what is documented, and serves everybody else', FUZZ, async () => {
    const before = await canary.read();
    const seen = new Set<number>();

    await fuzz(talk, rawExamples, async (sent) => {
      const replies = await send(sent);
      for (const { status, body } of replies) {
        seen.add(status);
        expect(body).not.toContain(canary.mark);
      }
      expect(findFault(sent, replies)).toBeUndefined();
      expect(await askHealth()).toMatchObject({ status: 'ok' });
      expect(unhandled).toEqual([]);
    });

    expect([...seen]).toEqual(expect.arrayContaining([200, 201, 400, 403, 404, 405, 413, 415]));
    expect(await canary.read()).toEqual(before);
  });
});

/** Over a connection of its own: on a busy machine, one kept alive may end just when it is used again. */
const askHealth = async (): Promise<unknown> =>
  (await fetch(`${service.url()}/health`, { headers: { Connection: 'close' } })).json();

const send = (sent: Talk): Promise<RawReply[]> =>
  converse(Number(new URL(service.url()).port), {
    chunks: toParts(sent),
    replies: isHttp(sent) ? sent.requests.length : 0,
    isBodiless: (nth) => sent.requests[nth]?.method === 'HEAD',
    end: sent.end,
  });

/** What is wrong with the replies, if anything. */
function findFault(sent: Talk, replies: RawReply[]): string | undefined {
  if (!isHttp(sent)) return findOther(replies, ANY);
  const faults = replies.flatMap((reply, nth) => findReplyFault(sent.requests[nth], reply) ?? []);
  const isCutShort = replies.length < sent.requests.length && !isLast(replies.at(-1));
  return faults[0] ?? (isCutShort ? `only ${replies.length} replies came` : undefined);
}

/** Who asks to close, or sends too much, gets no more replies. */
const isLast = (reply: RawReply | undefined): boolean =>
  reply !== undefined && (reply.headers.connection === 'close' || reply.status === 413);

const findOther = (replies: RawReply[], statuses: number[]): string | undefined =>
  replies
    .filter(({ status }) => !statuses.includes(status))
    .map(({ status, body }) => `${status}: ${body.slice(0, 500)}`)[0];

function findReplyFault(request: RawRequest | undefined, reply: RawReply): string | undefined {
  if (!request) return 'more replies than requests';
  const isOwn = !reply.headers['x-amzn-requestid'] || isFixed(reply);
  if (isOwn) return findOther([reply], OWN);
  if (request.body.framing !== 'none' && isTooLong(reply)) return undefined;
  const { method, target } = request;
  if (method === 'HEAD') return findOther([reply], ANY);
  const answer = { ...reply, type: reply.headers['content-type'] ?? '' };
  // What cannot be decoded is refused before the operation is looked for, which may have no body.
  if (isCoded(request) && [400, 415].includes(reply.status)) {
    return findUndocumented('POST', '/events', answer);
  }
  // Fact 47.
  const path = target.split('?', 1)[0]?.replace(/^\/+/, '/').replace(/\/$/, '') ?? '';
  return findUndocumented(method, path, answer);
}

const isCoded = ({ body, lines }: RawRequest): boolean =>
  body.framing !== 'none' &&
  (body.coding !== 'none' || lines.some((line) => /^content-encoding:/i.test(line)));

/** What API Gateway says before it looks for a method cannot be customised (table C1). */
const isFixed = ({ status, headers }: RawReply): boolean =>
  [400, 414, 431].includes(status) && headers['content-type'] === 'text/plain';

/** Neither is to be customised (table C1). */
const isTooLong = ({ status, body }: RawReply): boolean =>
  status === 413 &&
  ['{"message":"Request Too Long"}', 'HTTP content length exceeded 10485760 bytes.'].includes(body);

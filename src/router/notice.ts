import operations from '../../generated/operations.json' with { type: 'json' };
import type { RouterReply } from './reply.ts';

type Notice = { Deprecation: string; Sunset: string; Link: string };
type Operation = { operationId: string; 'x-notice'?: Notice };

const notices = new Map(
  Object.values(operations.paths)
    .flatMap((item): Operation[] => Object.values(item))
    .flatMap(({ operationId, 'x-notice': notice }) => (notice ? [[operationId, notice]] : [])),
);

/** Tells who uses a deprecated operation, in each reply, since when it is, and until when it answers. */
export const withNotice = (reply: RouterReply, operationId: string | undefined): RouterReply => {
  const notice = notices.size > 0 && notices.get(operationId ?? '');
  if (!notice) return reply;
  const { Link: link } = reply.headers;
  // One list of links may be in one header (RFC 8288, section 3).
  const Link = link ? `${link}, ${notice.Link}` : notice.Link;
  return { ...reply, headers: { ...reply.headers, ...notice, Link } };
};

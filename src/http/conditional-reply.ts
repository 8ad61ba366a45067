import { fromEntityTags, matches, toEntityTag } from './entity-tag.ts';

type Tagged = Parameters<typeof toEntityTag>[0];
type Version = Parameters<typeof toEntityTag>[1];
type NotModified = { status: 304; headers: Record<string, string>; body: undefined };

/** How a read is answered to who may have its reply already (RFC 9110, section 13.1.2). */
export type ConditionalReply = {
  /** The versions that the client has. */
  known: Version[];
  notModified(version: Version): NotModified;
  /** The body, unless the client has it. */
  of<Body>(
    version: Version,
    body: Body,
  ): NotModified | { status: 200; headers: Record<string, string>; body: Body };
};

/**
 * @param condition the header `If-None-Match`
 * @param seconds for how long the reply may be kept without asking again; 0 for none
 */
export const createConditionalReply = (
  tagged: Tagged,
  condition = '',
  seconds = 0,
): ConditionalReply => {
  const toHeaders = (version: Version) => ({
    ETag: toEntityTag(tagged, version),
    ...(seconds > 0 && { 'Cache-Control': `private, max-age=${seconds}` }),
  });
  return {
    known: fromEntityTags(condition, tagged),
    notModified: (version) => ({ status: 304, headers: toHeaders(version), body: undefined }),
    of(version, body) {
      const headers = toHeaders(version);
      if (matches(condition, headers.ETag)) return { status: 304, headers, body: undefined };
      return { status: 200, headers, body };
    },
  };
};

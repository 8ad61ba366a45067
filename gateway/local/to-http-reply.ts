/** A reply before the headers that the gateway adds to every one. */
export type HttpReply = {
  status: number;
  headers: Record<string, string | string[]>;
  body: string | Buffer;
};

/** Whether HTTP can send a header: what it cannot, a function may not set (fact 93). */
export const isHeader = (name: string, value: unknown): boolean =>
  typeof value === 'string' &&
  /^[\w!#$%&'*+.^`|~-]+$/.test(name) &&
  /^[\t\x20-\x7e\x80-\xff]*$/.test(value);

// How a message is framed and a connection goes on, and what the gateway says of itself (fact 93).
const OF_GATEWAY = new Set([
  'connection',
  'content-length',
  'keep-alive',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'x-amz-apigw-id',
  'x-amzn-requestid',
]);

/** Leaves out what is the gateway's own to say. */
export const withoutOwn = (headers: HttpReply['headers']): HttpReply['headers'] =>
  Object.fromEntries(
    Object.entries(headers).filter(([name]) => !OF_GATEWAY.has(name.toLowerCase())),
  );

/** The status that a document or function names; undefined for one that no reply can have. */
export const toStatus = (value: unknown): number | undefined => {
  const status = typeof value === 'string' || typeof value === 'number' ? Number(value) : undefined;
  return status !== undefined && Number.isInteger(status) && status >= 200 && status <= 599
    ? status
    : undefined;
};

/** Sets headers in the place of those of the same name, in any case of letters. */
export const withHeaders = (
  headers: HttpReply['headers'],
  others: HttpReply['headers'],
): HttpReply['headers'] => {
  const names = new Set(Object.keys(others).map((name) => name.toLowerCase()));
  const kept = Object.entries(headers).filter(([name]) => !names.has(name.toLowerCase()));
  return { ...Object.fromEntries(kept), ...others };
};

// Headers that the client receives as `x-amzn-Remapped-…` (fact 54).
const REMAPPED = new Set([
  'authorization',
  'connection',
  'content-md5',
  'date',
  'max-forwards',
  'server',
  'user-agent',
  'www-authenticate',
]);
// Headers that the client does not receive (fact 54).
const DROPPED = new Set([
  'expect',
  'host',
  'proxy-authenticate',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'via',
]);

const KEYS = new Set(['statusCode', 'headers', 'multiValueHeaders', 'body', 'isBase64Encoded']);

/**
 * Turns a function's result into a reply; undefined if API Gateway would answer 502 (fact 51).
 * @param isBinary whether a body in base64 is sent as the bytes that it stands for (fact 53)
 */
export const toHttpReply = (result: unknown, isBinary = false): HttpReply | undefined => {
  if (!isRecord(result) || Object.keys(result).some((key) => !KEYS.has(key))) return undefined;
  const { statusCode = 200, headers, multiValueHeaders, body } = result;
  const status = toStatus(statusCode);
  if (status === undefined) return undefined;
  if (body !== undefined && body !== null && typeof body !== 'string') return undefined;
  const merged = mergeHeaders(headers ?? {}, multiValueHeaders ?? {});
  if (!merged) return undefined;
  const isBytes = isBinary && result.isBase64Encoded === true;
  return {
    status,
    headers: merged,
    body: isBytes ? Buffer.from(body ?? '', 'base64') : (body ?? ''),
  };
};

/** Single values are strings or booleans, multiple ones lists; a name in both sends both (fact 52). */
function mergeHeaders(single: unknown, multiple: unknown): HttpReply['headers'] | undefined {
  if (!isRecord(single) || !isRecord(multiple)) return undefined;
  const merged = new Map<string, [string, ...string[]]>([['content-type', ['Content-Type']]]);
  const pairs: [string, unknown][] = Object.entries(multiple);
  for (const [name, values] of [...pairs, ...Object.entries(single).map(toList)]) {
    if (!Array.isArray(values) || !values.every(isHeaderValue)) return undefined;
    if (!values.every((value) => isHeader(name, String(value)))) return undefined;
    const entry = merged.get(name.toLowerCase()) ?? [name];
    merged.set(name.toLowerCase(), [...entry, ...values.map(String)]);
  }
  const sent = [...merged.values()].filter(([name]) => !DROPPED.has(name.toLowerCase()));
  return Object.fromEntries(
    sent.map(([name, ...values]) => [remap(name), values.length > 0 ? values : 'application/json']),
  );
}

const remap = (name: string): string =>
  REMAPPED.has(name.toLowerCase()) ? `x-amzn-Remapped-${name}` : name;

const toList = ([name, value]: [string, unknown]): [string, unknown] => [name, [value]];

const isHeaderValue = (value: unknown): boolean => ['string', 'boolean'].includes(typeof value);

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

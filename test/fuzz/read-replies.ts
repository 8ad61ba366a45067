/** An HTTP reply as its bytes say it; header names in lower case. */
export type RawReply = { status: number; headers: Record<string, string>; body: string };

/**
 * The replies that lie whole in what came over a connection, one after the other.
 * @param isBodiless whether the reply to the nth request has no body, whatever its headers say
 */
export const readReplies = (received: Buffer, isBodiless: (nth: number) => boolean): RawReply[] => {
  const replies: RawReply[] = [];
  let rest = received;
  for (;;) {
    const end = rest.indexOf('\r\n\r\n');
    if (end === -1) return replies;
    const { status, headers } = readHead(rest.subarray(0, end).toString('latin1'));
    const found = hasBody(status) && !isBodiless(replies.length);
    const body = found ? readBody(rest.subarray(end + 4), headers) : { bytes: 0, text: '' };
    if (!body) return replies;
    rest = rest.subarray(end + 4 + body.bytes);
    // 100 Continue is no reply yet.
    if (status >= 200) replies.push({ status, headers, body: body.text });
  }
};

function readHead(text: string): Omit<RawReply, 'body'> {
  const [first = '', ...lines] = text.split('\r\n');
  const [, status] = /^HTTP\/1\.1 ([1-5]\d\d) [\x20-\x7e]*$/.exec(first) ?? [];
  if (!status) throw new Error(`This is no status line: ${JSON.stringify(first.slice(0, 200))}`);
  const pairs = lines.map((line): [string, string] => {
    const [, name = '', value = ''] = /^([\w-]+): ([\x20-\x7e]*)$/.exec(line) ?? [];
    if (!name) throw new Error(`This is no header: ${JSON.stringify(line.slice(0, 200))}`);
    return [name.toLowerCase(), value];
  });
  return { status: Number(status), headers: Object.fromEntries(pairs) };
}

const hasBody = (status: number): boolean => status >= 200 && status !== 204 && status !== 304;

/** Undefined where it is not all there. */
function readBody(
  rest: Buffer,
  headers: Record<string, string>,
): { bytes: number; text: string } | undefined {
  // Of the chunked ones, Node's own 417 among them, only the empty one occurs.
  if (headers['transfer-encoding'] === 'chunked') {
    return rest.toString('latin1').startsWith('0\r\n\r\n') ? { bytes: 5, text: '' } : undefined;
  }
  const bytes = Number(headers['content-length'] ?? '0');
  return rest.length < bytes ? undefined : { bytes, text: rest.subarray(0, bytes).toString() };
}

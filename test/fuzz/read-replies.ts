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

type Body = { bytes: number; text: string };

/** Undefined where it is not all there. */
function readBody(rest: Buffer, headers: Record<string, string>): Body | undefined {
  if (headers['transfer-encoding'] === 'chunked') return readChunks(rest);
  const bytes = Number(headers['content-length'] ?? '0');
  return rest.length < bytes ? undefined : { bytes, text: rest.subarray(0, bytes).toString() };
}

/** A chunked body (RFC 9112, section 7.1) as Node writes it: without extensions and trailers. */
function readChunks(rest: Buffer): Body | undefined {
  const chunks: Buffer[] = [];
  for (let at = 0; ; ) {
    const end = rest.indexOf('\r\n', at);
    if (end === -1) return undefined;
    const size = rest.toString('latin1', at, end);
    if (!/^[\da-f]+$/.test(size))
      throw new Error(`This is no size of a chunk: ${size.slice(0, 200)}`);
    const from = end + 2;
    const bytes = from + Number.parseInt(size, 16) + 2;
    if (rest.length < bytes) return undefined;
    chunks.push(rest.subarray(from, bytes - 2));
    if (bytes === from + 2) return { bytes, text: Buffer.concat(chunks).toString() };
    at = bytes;
  }
}

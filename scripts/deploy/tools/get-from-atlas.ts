import { createHash, randomBytes } from 'node:crypto';

export type AtlasKey = { publicKey: string; privateKey: string; baseUrl?: string };

/** A reply of the Atlas Administration API; `errorCode` names the reason of a refusal. */
export type AtlasReply = { status: number; body: Record<string, unknown> & { errorCode?: string } };

const BASE_URL = 'https://cloud.mongodb.com';
const VERSION = 'application/vnd.atlas.2023-01-01+json';

/**
 * Reads from the Atlas Administration API, with HTTP digest authentication (RFC 7616), which fetch does not have.
 * @param path below `/api/atlas/v2`
 * @throws if Atlas does not answer within 10 s
 */
export const getFromAtlas = async (
  { publicKey, privateKey, baseUrl = BASE_URL }: AtlasKey,
  path: string,
): Promise<AtlasReply> => {
  const url = new URL(`/api/atlas/v2${path}`, baseUrl);
  const send = (authorization?: string) => {
    const ask = () =>
      fetch(url, {
        headers: { accept: VERSION, ...(authorization && { authorization }) },
        signal: AbortSignal.timeout(10_000),
      });
    // While Terraform runs, Atlas closes connections that fetch would use again: a TypeError.
    return ask().catch((error) => (error instanceof TypeError ? ask() : Promise.reject(error)));
  };
  const asked = await send();
  await asked.arrayBuffer();
  const challenge = asked.headers.get('www-authenticate');
  if (!challenge) return { status: asked.status, body: {} };
  const reply = await send(toDigest(challenge, url.pathname + url.search, publicKey, privateKey));
  return { status: reply.status, body: toBody(await reply.text()) };
};

function toBody(text: string): AtlasReply['body'] {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}

/** Answers the challenge of a server for a GET. Atlas asks for MD5, with `qop` `auth`. */
export const toDigest = (
  challenge: string,
  uri: string,
  user: string,
  password: string,
): string => {
  const asked = Object.fromEntries(
    [...challenge.matchAll(/(\w+)=(?:"([^"]*)"|([\w-]+))/g)].map(([, name, quoted, plain]) => [
      name,
      quoted ?? plain,
    ]),
  );
  const { realm = '', nonce = '', opaque, algorithm = 'MD5' } = asked;
  const hash = (text: string) =>
    createHash(algorithm === 'SHA-256' ? 'sha256' : 'md5')
      .update(text)
      .digest('hex');
  const cnonce = randomBytes(8).toString('hex');
  const nc = '00000001';
  const secret = hash(`${user}:${realm}:${password}`);
  const response = hash(`${secret}:${nonce}:${nc}:${cnonce}:auth:${hash(`GET:${uri}`)}`);
  const fields = { username: user, realm, nonce, uri, cnonce, response, ...(opaque && { opaque }) };
  const quoted = Object.entries(fields).map(([name, value]) => `${name}="${value}"`);
  return `Digest ${[...quoted, `algorithm=${algorithm}`, 'qop=auth', `nc=${nc}`].join(', ')}`;
};

import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { crc32 } from 'node:zlib';
import type { Collection, MongoClient } from 'mongodb';
import { databaseNames } from '../names/database-names.ts';
import type { Scope } from './caller.ts';

/** A key as it is stored: its hash, never the key itself. */
export type ApiKey = {
  /** Identifies the key in logs and to the operator; the key's text begins with it. */
  _id: string;
  name: string;
  scopes: Scope[];
  /** In lower case; undefined if the key is valid for every device. */
  devices?: string[];
  /** The valid secrets: after a rotation the old one stays valid until `until`. */
  secrets: { hash: string; until?: Date }[];
  createdAt: Date;
  expiresAt?: Date;
  revokedAt?: Date;
};

/*
 * A key's text is its id, `_`, its secret and a checksum. The prefix lets secret scanners find leaked keys. The
 * checksum is no secret: it tells a mistyped or made-up key from a real one without asking the database.
 */
const PATTERN = /^(iot_[0-9a-f]{12})_([\w-]{43})([\w-]{6})$/;

export const createKeyId = (): string => `iot_${randomBytes(6).toString('hex')}`;

/** 256 random bits cannot be guessed, so a fast hash is as safe as a slow one. */
export const createSecret = (): string => randomBytes(32).toString('base64url');

export const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('hex');

/** What a key's text consists of. */
export type KeyParts = { id: string; secret: string };

export const toKeyText = ({ id, secret }: KeyParts): string => {
  const checksum = Buffer.alloc(4);
  checksum.writeUInt32BE(crc32(`${id}_${secret}`));
  return `${id}_${secret}${checksum.toString('base64url')}`;
};

/** Returns undefined unless the text has the form of a key, and its checksum. */
export const parseKey = (text: string): KeyParts | undefined => {
  const [, id, secret] = PATTERN.exec(text) ?? [];
  return id && secret && toKeyText({ id, secret }) === text ? { id, secret } : undefined;
};

/** Compares in constant time, so that the time taken reveals nothing of the hash. */
export const isHash = (text: string, hash: string): boolean => {
  const [own, other] = [Buffer.from(hashOf(text), 'hex'), Buffer.from(hash, 'hex')];
  return own.length === other.length && timingSafeEqual(own, other);
};

export const isGood = (key: ApiKey, secret: string, now: Date): boolean =>
  !hasEnded(key, now) &&
  key.secrets.some(({ hash, until }) => (!until || until > now) && isHash(secret, hash));

/** Whether the key is revoked or has expired; neither can be taken back. */
export const hasEnded = ({ revokedAt, expiresAt }: ApiKey, now: Date): boolean =>
  revokedAt !== undefined || (expiresAt !== undefined && expiresAt <= now);

export const keysOf = (client: MongoClient): Collection<ApiKey> =>
  client.db().collection<ApiKey>(databaseNames.keysCollection);

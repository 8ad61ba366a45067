import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
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

/** The prefix lets secret scanners find leaked keys. */
const PATTERN = /^(iot_[0-9a-f]{12})_([\w-]{43})$/;

export const createKeyId = (): string => `iot_${randomBytes(6).toString('hex')}`;

/** 256 random bits cannot be guessed, so a fast hash is as safe as a slow one. */
export const createSecret = (): string => randomBytes(32).toString('base64url');

export const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('hex');

export const parseKey = (text: string): { id: string; secret: string } | undefined => {
  const [, id, secret] = PATTERN.exec(text) ?? [];
  return id && secret ? { id, secret } : undefined;
};

/** Compares in constant time, so that the time taken reveals nothing of the hash. */
export const isHash = (text: string, hash: string): boolean => {
  const [own, other] = [Buffer.from(hashOf(text), 'hex'), Buffer.from(hash, 'hex')];
  return own.length === other.length && timingSafeEqual(own, other);
};

export const isGood = (key: ApiKey, secret: string, now: Date): boolean =>
  !key.revokedAt &&
  (!key.expiresAt || key.expiresAt > now) &&
  key.secrets.some(({ hash, until }) => (!until || until > now) && isHash(secret, hash));

export const keysOf = (client: MongoClient): Collection<ApiKey> =>
  client.db().collection<ApiKey>(databaseNames.keysCollection);

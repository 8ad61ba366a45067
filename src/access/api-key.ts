import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Collection, MongoClient } from 'mongodb';
import { databaseOf } from '../database/connect.ts';
import { databaseNames } from '../names/database-names.ts';
import type { Scope } from './caller.ts';

/** A key as it is stored: of the key itself there is only the hash. */
export type ApiKey = {
  /** What the logs and the operator know it by; the key's text begins with it. */
  _id: string;
  name: string;
  scopes: Scope[];
  /** In lower case; without, the key is good for every device. */
  devices?: string[];
  /** Of the secrets that are good: after a rotation the old one still is, until its time is over. */
  secrets: { hash: string; until?: Date }[];
  createdAt: Date;
  expiresAt?: Date;
  revokedAt?: Date;
};

/** The prefix lets scanners find keys where they should not be. */
const PATTERN = /^(iot_[0-9a-f]{12})_([\w-]{43})$/;

export const createKeyId = (): string => `iot_${randomBytes(6).toString('hex')}`;

/** 256 bits: far too many to guess, so a plain hash is as good as a slow one. */
export const createSecret = (): string => randomBytes(32).toString('base64url');

export const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('hex');

export const parseKey = (text: string): { id: string; secret: string } | undefined => {
  const [, id, secret] = PATTERN.exec(text) ?? [];
  return id && secret ? { id, secret } : undefined;
};

/** In constant time: how long it takes tells nothing of the hash. */
export const isHash = (text: string, hash: string): boolean => {
  const [own, other] = [Buffer.from(hashOf(text), 'hex'), Buffer.from(hash, 'hex')];
  return own.length === other.length && timingSafeEqual(own, other);
};

export const isGood = (key: ApiKey, secret: string, now: Date): boolean =>
  !key.revokedAt &&
  (!key.expiresAt || key.expiresAt > now) &&
  key.secrets.some(({ hash, until }) => (!until || until > now) && isHash(secret, hash));

export const keysOf = (client: MongoClient): Collection<ApiKey> =>
  databaseOf(client).collection<ApiKey>(databaseNames.keysCollection);

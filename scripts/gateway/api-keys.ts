import { createHash, timingSafeEqual } from 'node:crypto';
import type { GatewayRequest } from './gateway-request.ts';
import { findHeader } from './gateway-request.ts';

/** The keys of the usage plan that is attached to the stage (fact 36). */
export type ApiKeys = {
  /** The id of the key that the request carries; undefined if it carries none that is valid. */
  findId(headers: GatewayRequest['headers']): string | undefined;
};

export const createApiKeys = (keys: string[]): ApiKeys => {
  const known = keys.map((key) => ({
    digest: sha256(key),
    id: sha256(key).toString('hex').slice(0, 10),
  }));
  return {
    findId(headers) {
      const digest = sha256(findHeader({ headers }, 'x-api-key') ?? '');
      return known.find((key) => timingSafeEqual(key.digest, digest))?.id;
    },
  };
};

const sha256 = (text: string): Buffer => createHash('sha256').update(text).digest();

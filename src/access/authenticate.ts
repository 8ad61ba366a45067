import type { RouterRequest } from '../http/request.ts';
import { isGood, isHash, parseKey } from './api-key.ts';
import type { Caller } from './caller.ts';
import { toUnboundCaller } from './caller.ts';
import type { KeyStore } from './key-store.ts';

/** Who sends a request; undefined for a key that is missing or not good. */
export type Authenticate = (request: RouterRequest) => Promise<Caller | undefined>;

/** Where API Gateway knows the one key: it has checked it, or was set up not to and nobody gets in. */
export const authenticatePlanKey: Authenticate = async ({ planKeyId }) =>
  planKeyId === undefined ? undefined : toUnboundCaller(planKeyId);

/**
 * Where the router knows the keys.
 * @param plainKeyHash SHA-256, in hex, of a key of the configuration that may do everything
 */
export const createKeyAuthentication =
  (keys: KeyStore, plainKeyHash?: string): Authenticate =>
  async ({ headers }) => {
    const text = headers['x-api-key'];
    if (!text) return undefined;
    if (plainKeyHash && isHash(text, plainKeyHash)) return toUnboundCaller('plain');
    const parsed = parseKey(text);
    const key = parsed && (await keys.find(parsed.id));
    if (!parsed || !key || !isGood(key, parsed.secret, new Date())) return undefined;
    const { _id: keyId, scopes, devices } = key;
    return { keyId, scopes, ...(devices && { devices }) };
  };

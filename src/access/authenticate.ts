/*
 * Who calls. There are two ways, of which an environment chooses one:
 *
 * - `plan`: API Gateway keeps one key in a usage plan and validates it. The function trusts the key's id in the
 *   event; there is none if the key was missing or wrong, or if API Gateway was set up not to ask.
 * - `scoped`: API Gateway passes every request on, and the function validates the key. Keys are stored as hashes;
 *   one more, with every scope, may come from the configuration.
 *
 * What a caller may do, and with which devices, the router decides (src/router/router.ts).
 */
import type { RouterRequest } from '../http/router-request.ts';
import { isHash, parseKey } from './api-key.ts';
import type { Caller } from './caller.ts';
import { toUnboundCaller } from './caller.ts';
import type { KeyStore } from './key-store.ts';

/**
 * Identifies the caller; undefined if the key is missing or invalid.
 * @throws what KeyStore throws, if the key cannot be checked at the moment
 */
export type Authenticate = (
  request: Pick<RouterRequest, 'headers' | 'planKeyId'>,
) => Promise<Caller | undefined>;

/** Trusts the key that API Gateway has validated; without one, nobody is authenticated. */
export const authenticatePlanKey: Authenticate = async ({ planKeyId }) =>
  planKeyId === undefined ? undefined : toUnboundCaller(planKeyId);

/**
 * Validates keys itself.
 * @param plainKeyHash SHA-256, in hex, of a key with every scope, from the configuration
 */
export const createKeyAuthentication =
  (keys: KeyStore, plainKeyHash?: string) =>
  async ({ headers }: Pick<RouterRequest, 'headers'>): Promise<Caller | undefined> => {
    const text = headers['x-api-key'];
    if (!text) return undefined;
    if (plainKeyHash && isHash(text, plainKeyHash)) return toUnboundCaller('plain');
    const parsed = parseKey(text);
    const key = parsed && (await keys.findGood(parsed));
    if (!key) return undefined;
    const { _id: keyId, scopes, devices } = key;
    return { keyId, scopes, ...(devices && { devices }) };
  };

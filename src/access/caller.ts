import { toDeviceKey } from '../names/device-key.ts';

/** What a key is good for. */
export const SCOPES = ['write', 'read', 'delete'] as const;
export type Scope = (typeof SCOPES)[number];

/** Who sends a request: what they may do, and, where they are bound to some, with which devices. */
export type Caller = { keyId: string; scopes: readonly Scope[]; devices?: readonly string[] };

/** A caller who may do everything: with the one key of the configuration. */
export const toUnboundCaller = (keyId: string): Caller => ({ keyId, scopes: SCOPES });

/** @param deviceID in any case */
export const mayUseDevice = ({ devices }: Caller, deviceID: unknown): boolean =>
  devices === undefined ||
  (typeof deviceID === 'string' && devices.includes(toDeviceKey(deviceID)));

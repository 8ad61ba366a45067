import { toDeviceKey } from '../names/device-key.ts';

/** What a key can allow. */
export const SCOPES = ['write', 'read', 'delete'] as const;
export type Scope = (typeof SCOPES)[number];

/** The sender of a request: its key's scopes, and the devices that the key is bound to, in lower case. */
export type Caller = { keyId: string; scopes: readonly Scope[]; devices?: readonly string[] };

/** A caller with every scope and no device binding. */
export const toUnboundCaller = (keyId: string): Caller => ({ keyId, scopes: SCOPES });

/** @param deviceID in any case */
export const mayUseDevice = ({ devices }: Caller, deviceID: unknown): boolean =>
  devices === undefined ||
  (typeof deviceID === 'string' && devices.includes(toDeviceKey(deviceID)));

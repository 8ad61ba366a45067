import { toDeviceKey } from '../names/device-key.ts';
import type { Scope } from './caller.ts';
import { SCOPES } from './caller.ts';

/** A command of the operator. */
export type KeyCommand =
  | { command: 'create'; name: string; scopes: Scope[]; devices?: string[]; expiresAt?: Date }
  | { command: 'list' }
  | { command: 'rotate'; id: string; graceHours: number }
  | { command: 'revoke'; id: string };

const DEVICE = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const MAX_DEVICES = 1_000;
const MAX_GRACE_HOURS = 24 * 365;

/** Parses a command from the wire; throws an Error that names the fault. */
export const toKeyCommand = (input: Record<string, unknown>): KeyCommand => {
  const { command, id } = input;
  if (command === 'create') return toCreate(input);
  if (command === 'list') return { command };
  if (command !== 'rotate' && command !== 'revoke') {
    throw new Error('command must be create, list, rotate or revoke');
  }
  if (typeof id !== 'string' || id === '') throw new Error(`${command} needs the id of a key`);
  if (command === 'revoke') return { command, id };
  const graceHours = input.graceHours ?? 0;
  if (typeof graceHours === 'number' && graceHours >= 0 && graceHours <= MAX_GRACE_HOURS) {
    return { command, id, graceHours };
  }
  throw new Error(`graceHours must be a number from 0 to ${MAX_GRACE_HOURS}`);
};

function toCreate({ name, scopes, devices, expiresAt }: Record<string, unknown>): KeyCommand {
  if (typeof name !== 'string' || !/\S/.test(name) || name.length > 100) {
    throw new Error('name must be text of 1 to 100 characters, for you to know the key by');
  }
  if (!Array.isArray(scopes) || scopes.length === 0 || !scopes.every(isScope)) {
    throw new Error(`scopes must be some of ${SCOPES.join(', ')}`);
  }
  const end = expiresAt === undefined ? undefined : toFuture(expiresAt);
  const bound = devices === undefined ? undefined : toDevices(devices);
  return {
    command: 'create',
    name,
    scopes: [...new Set(scopes)],
    ...(bound && { devices: bound }),
    ...(end && { expiresAt: end }),
  };
}

const isScope = (value: unknown): value is Scope => SCOPES.includes(value as Scope);

function toDevices(value: unknown): string[] {
  const devices = Array.isArray(value) ? value.map((device) => toDeviceKey(String(device))) : [];
  if (devices.length > 0 && devices.length <= MAX_DEVICES && devices.every(isDevice)) {
    return [...new Set(devices)];
  }
  throw new Error(`devices must be 1 to ${MAX_DEVICES} UUIDs`);
}

const isDevice = (text: string): boolean => DEVICE.test(text);

function toFuture(value: unknown): Date {
  const date = new Date(String(value));
  if (date.getTime() > Date.now()) return date;
  throw new Error('expiresAt must be an instant to come, such as 2030-01-01T00:00:00Z');
}

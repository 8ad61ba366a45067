/** The kinds of devices, in the order of clients/c/test/fleet.c. A device's kind is its number modulo their count. */
export const KINDS = [
  'right clock',
  'no clock',
  'clock never set',
  'clock a day ahead',
  'a day ahead, never mended',
  'small queue',
  'bad numbers',
] as const;

export type Kind = (typeof KINDS)[number];

export const toKind = (device: number): Kind => KINDS[device % KINDS.length] as Kind;

export const toDeviceId = (prefix: string, device: number): string =>
  `${prefix}-0000-4000-8000-${String(device).padStart(12, '0')}`;

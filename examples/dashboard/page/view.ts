import type { Range } from '../service/range.ts';
import { parseRange, toText } from '../service/range.ts';

/** What the page shows, as encoded in its link. */
export type View = { deviceID: string; eventType: string; range: Range };

export const parseView = (hash: string): View => {
  const parts = new URLSearchParams(hash.slice(1));
  return {
    deviceID: parts.get('device') ?? '',
    eventType: parts.get('type') ?? '',
    range: parseRange(parts.get('range') ?? '') ?? { kind: '24h' },
  };
};

export const toHash = ({ deviceID, eventType, range }: View): string => {
  const type = eventType === '' ? {} : { type: eventType };
  return `#${new URLSearchParams({ device: deviceID, ...type, range: toText(range) })}`;
};

import type { Range } from '../service/range.ts';
import { parseRange, toText } from '../service/range.ts';

/** What the page shows, as encoded in its link: the fleet, if `deviceID` is empty, or a device. */
export type View = {
  deviceID: string;
  eventType: string;
  /** The series to show over the first one; empty for none. */
  other: string;
  range: Range;
};

export const parseView = (hash: string): View => {
  const parts = new URLSearchParams(hash.slice(1));
  return {
    deviceID: (parts.get('device') ?? '').toLowerCase(),
    eventType: parts.get('type') ?? '',
    other: parts.get('with') ?? '',
    range: parseRange(parts.get('range') ?? '') ?? { kind: 'data' },
  };
};

export const toHash = ({ deviceID, eventType, other, range }: View): string => {
  if (deviceID === '') return '#';
  const series = { ...(eventType && { type: eventType }), ...(other && { with: other }) };
  const text = toText(range);
  const shown = text === 'data' ? {} : { range: text };
  return `#${new URLSearchParams({ device: deviceID, ...series, ...shown })}`;
};

/** The event types of the chart. */
export const toChosen = ({ eventType, other }: View): string[] =>
  [...new Set([eventType, other])].filter((each) => each !== '');

import type { EventTypeDescription } from '../../../clients/typescript/src/index.ts';

/** What a series is called, and the unit of its numbers if it has one. */
export type Label = { title: string; unit: string };

/** The operator's words for an event type; otherwise its name. */
export const toLabel = (eventType: string, described: readonly EventTypeDescription[]): Label => {
  const type = described.find((each) => each.eventType === eventType);
  return { title: type?.title ?? eventType, unit: type?.unit ?? '' };
};

/** The label in one text, such as `Temperature (Cel)`. */
export const toLabelText = ({ title, unit }: Label): string =>
  unit === '' ? title : `${title} (${unit})`;

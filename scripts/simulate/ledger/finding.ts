import { describeEvent } from './describe-event.ts';

/** Something that is not as it was promised. */
export type Finding = {
  kind: 'lost' | 'doubled' | 'unexpected' | 'contradiction' | 'unread';
  text: string;
};

export const toFinding = (
  kind: Finding['kind'],
  why: string,
  event: Parameters<typeof describeEvent>[0],
): Finding => ({ kind, text: `${describeEvent(event)}: ${why}` });

import type { Event, EventPage } from '../api-types.ts';
import { ConnectionError } from '../connection-error.ts';
import type { Reply } from '../sending/send-once.ts';
import { parseJson } from './parse-json.ts';

/** Parses the lines of an export. The last line tells whether it is complete; without it, lines were lost. */
export const parseExport = <Type extends string>({ text }: Reply): EventPage<Type> => {
  const lines = text.trimEnd().split('\n');
  const { complete, nextCursor } = Object(parseJson(lines.pop() ?? ''));
  if (complete !== true && typeof nextCursor !== 'string') {
    throw new ConnectionError('The export is incomplete: its last line is missing');
  }
  const events = lines.map((line) => parseJson(line) as Event<Type>);
  return complete === true ? { events } : { events, nextCursor };
};

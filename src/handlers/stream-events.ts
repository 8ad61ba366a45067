import type { Handler } from '../contract.ts';
import { problems } from '../http/problems.ts';
import { toLiveStart } from '../http/streams/live-start.ts';
import { toLiveText } from '../http/streams/live-text.ts';

/** Streams the events of some types of a device as they arrive, as server-sent events. */
export const streamEvents: Handler<'streamEvents'> = async (input, { events, streams }) => {
  const start = toLiveStart(input, Date.now());
  if (Array.isArray(start)) return problems.invalidRequest(start);
  if (input.isHead) return { status: 200, body: '' };
  const leave = await streams.take('live');
  if (!leave) return problems.tooManyStreams();
  const body = toLiveText(events.live, start, input, { ...streams.limits, leave });
  return { status: 200, body };
};

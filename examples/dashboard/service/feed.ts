import type {
  Client,
  Device,
  DeviceEventType,
  Event,
} from '../../../clients/typescript/src/index.ts';
import type { History } from './history.ts';
import { extendHistory, loadHistory, trimHistory, withEvent } from './history.ts';
import type { Extent, Range, Span } from './range.ts';
import { toSpan } from './range.ts';

/** A device, and the newest event of each of its types that has events. */
export type Overview = { device: Device; latest: readonly Event[] };

/** One event type in a picture. */
export type Series = { eventType: string; history: History };

/** What the chart shows: one or two series over the same span. */
export type Picture = { series: readonly Series[]; span: Span };

type Known = { history: History; newest: string; readAt: number };

// How often to read everything again, to find events that arrived with an older date.
const WHOLE_READ_MS = 300_000;

/** Creates a feed of a device, which reads repeatedly: little each time, and more if there are new events. */
export const createFeed = (client: Client, deviceID: string) => {
  const known = new Map<string, Known>();
  let overview: Overview | undefined;
  let types: DeviceEventType[] = [];
  let typesOf = '';
  const newestOf = (eventType: string): string =>
    JSON.stringify(overview?.latest.find((event) => event.eventType === eventType));

  const readHistory = async (eventType: string, span: Span, signal: AbortSignal) => {
    const source = { client, deviceID, eventType, signal };
    const newest = newestOf(eventType);
    const [now, before] = [Date.now(), known.get(eventType)];
    const isWhole = !before || (span.isOpen && now - before.readAt >= WHOLE_READ_MS);
    if (isWhole) {
      known.set(eventType, { history: await loadHistory(source, span), newest, readAt: now });
    } else {
      const kept = trimHistory(before.history, span);
      const isNew = span.isOpen && newest !== before.newest;
      const history = isNew ? await extendHistory(source, span, kept) : kept;
      known.set(eventType, { ...before, history, newest });
    }
  };
  const toPicture = (chosen: readonly string[], range: Range): Picture => {
    const series = chosen.flatMap((eventType) => {
      const history = known.get(eventType)?.history;
      return history ? [{ eventType, history }] : [];
    });
    return { series, span: toSpan(range, Date.now(), toExtent(types, chosen)) };
  };

  return {
    async overview(signal: AbortSignal): Promise<Overview> {
      const device = await client.getDevice(deviceID, { signal });
      const latest: Event[] = [];
      const events = client.latestEvents({ deviceID, limit: 1000 }, { signal });
      for await (const event of events) latest.push(event);
      const newest = JSON.stringify(latest);
      if (newest !== typesOf) {
        const all: DeviceEventType[] = [];
        const listed = client.deviceEventTypes(deviceID, { limit: 1000 }, { signal });
        for await (const type of listed) all.push(type);
        [types, typesOf] = [all, newest];
      }
      overview = { device, latest };
      return overview;
    },

    async picture(chosen: readonly string[], range: Range, signal: AbortSignal): Promise<Picture> {
      const { span } = toPicture(chosen, range);
      for (const eventType of chosen) await readHistory(eventType, span, signal);
      return toPicture(chosen, range);
    },

    /** Adds an event that has just arrived; `isWhole` is false if its history must be read. */
    add(event: Event, chosen: readonly string[], range: Range) {
      if (!overview) return undefined;
      overview = withNewest(overview, event);
      types = types.map((type) => (type.eventType === event.eventType ? widen(type, event) : type));
      const before = known.get(event.eventType);
      const history = before && withEvent(before.history, event);
      if (before && history) {
        known.set(event.eventType, { ...before, history, newest: newestOf(event.eventType) });
      }
      const isWhole = !chosen.includes(event.eventType) || history !== undefined;
      return { overview, picture: toPicture(chosen, range), isWhole };
    },
  };
};

export type Feed = ReturnType<typeof createFeed>;

function withNewest({ device, latest }: Overview, event: Event): Overview {
  const before = latest.find(({ eventType }) => eventType === event.eventType);
  const received = { ...device, lastReceivedAt: new Date().toISOString() };
  if (before && before.date > event.date) return { device: received, latest };
  const others = latest.filter((other) => other !== before);
  const after = others.findLastIndex(({ eventType }) => eventType < event.eventType) + 1;
  return { device: received, latest: others.toSpliced(after, 0, event) };
}

function widen(type: DeviceEventType, { date }: Event): DeviceEventType {
  const { firstEventAt = date, lastEventAt = date } = type;
  const [first = date] = [firstEventAt, date].sort();
  const [last = date] = [lastEventAt, date].sort().reverse();
  return { ...type, firstEventAt: first, lastEventAt: last };
}

function toExtent(types: readonly DeviceEventType[], chosen: readonly string[]): Extent {
  const instants = types
    .filter(({ eventType }) => chosen.includes(eventType))
    .flatMap(({ firstEventAt, lastEventAt }) =>
      firstEventAt && lastEventAt ? [Date.parse(firstEventAt), Date.parse(lastEventAt)] : [],
    );
  if (instants.length === 0) return undefined;
  return { first: Math.min(...instants), last: Math.max(...instants) };
}

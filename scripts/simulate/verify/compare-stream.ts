import type { Finding } from '../ledger/finding.ts';
import { toFinding } from '../ledger/finding.ts';
import type { LedgerEvent, Stream } from '../ledger/ledger.ts';
import { isAcknowledged } from '../ledger/ledger.ts';
import type { Found } from './compare-undated.ts';
import { compareUndated } from './compare-undated.ts';
import type { Stored } from './read-stream.ts';

/** Compares the stored events of a device and type with the replies to each. */
export const compareStream = (
  { deviceID, eventType, events }: Stream,
  stored: Stored[],
): Finding[] => {
  const all = [...events.values()];
  const found: Found = new Map();
  for (const event of stored) found.set(toKey(event), [...(found.get(toKey(event)) ?? []), event]);
  const findings = [
    ...compareUndated(
      all.filter(({ date }) => date === undefined),
      found,
    ),
    ...compareDated(
      all.filter(({ date }) => date !== undefined),
      found,
    ),
  ];
  const strangers = [...found.values()].flat();
  return [
    ...findings,
    ...strangers.map(({ date, canonical }) =>
      toFinding('unexpected', 'no device sent it', { deviceID, eventType, date, canonical }),
    ),
    ...all
      .filter(isFalseDuplicate)
      .map((event) =>
        toFinding('contradiction', 'reported as a duplicate before it was sent', event),
      ),
  ];
};

const toKey = ({ date, canonical }: { date: number | undefined; canonical: string }): string =>
  `${date} ${canonical}`;

const isFalseDuplicate = ({ duplicates, created, unanswered }: LedgerEvent): boolean =>
  duplicates > 0 && created.length === 0 && unanswered === 0;

type Alike = [LedgerEvent, ...LedgerEvent[]];

/** Compares counts: with ids, several events may share instant and value, and readers cannot tell them apart. */
function compareDated(events: LedgerEvent[], found: Found): Finding[] {
  const expected = new Map<string, Alike>();
  for (const event of events) {
    const others = expected.get(toKey(event));
    if (others) others.push(event);
    else expected.set(toKey(event), [event]);
  }
  return [...expected].flatMap(([key, alike]) => {
    const count = found.get(key)?.length ?? 0;
    found.delete(key);
    return judgeCount(count, alike);
  });
}

function judgeCount(count: number, alike: Alike): Finding[] {
  const [event] = alike;
  const least = alike.filter(isAcknowledged).length;
  const most = alike.filter(mayBeThere).length;
  if (count < least) {
    return [toFinding('lost', `acknowledged ${least} times, stored ${count} times`, event)];
  }
  if (count <= most) return [];
  if (most > 0) return [toFinding('doubled', `stored ${count} times`, event)];
  const why = event.refusals > 0 ? 'it was rejected' : 'it was never sent';
  return [toFinding('unexpected', why, event)];
}

const mayBeThere = (event: LedgerEvent): boolean =>
  event.refusals === 0 && (isAcknowledged(event) || event.unanswered > 0);

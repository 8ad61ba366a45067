import { toNewEvent } from '../harness/requests.ts';
import type { Section, Table } from '../report/section.ts';
import { toRatio, toSpread, toText } from '../report/statistics.ts';
import type { EngineCosts, ReadCost } from './read-cost.ts';
import type { ReadKind } from './reader.ts';

const MEGABYTE = 1_000_000;
/** An event of a reply. */
const EVENT_BYTES = JSON.stringify(toNewEvent(0, 'day of 86400')).length;
const PAGES: ReadKind[] = [
  'oldest 10',
  'middle 10, by cursor',
  'middle 10, by cursor, oldest first',
  'middle 10, by until',
  'middle 10, by since',
];

/** Describes what reads cost, beside the floor, the unbounded design and the newest page. */
export const describeReading = (engines: EngineCosts[]): Section => ({
  title: 'Reads: parts of days of 1,000, 86,400 and 864,000 events',
  notes: [
    `The readers take turns in ${engines.map(({ engine }) => engine).join(', then in ')}. The floor knows which buckets it needs, and asks for those alone, in one query.`,
    'A document of a whole day cannot have 864,000 events. To find an instant in it, all of it is read.',
  ],
  tables: engines.flatMap(toTables),
  charts: [],
  targets: engines.flatMap(({ engine, costs }) =>
    [86_400, 864_000].flatMap((size) =>
      PAGES.map((kind) => ({
        what: `${kind} of ${size.toLocaleString('en')}, relative to its newest 10: ${toName(engine)}`,
        got: toRatio(
          find(costs, 'ours', kind, size)?.times ?? [],
          find(costs, 'ours', 'newest 10', size)?.times ?? [],
        ),
        atMost: 1.5,
      })),
    ),
  ),
});

/** Such as `mongo-java-server 1.47.0`. */
const toName = (engine: string): string => engine.replace(/ \(.*/, '');

const find = (
  costs: ReadCost[],
  name: string,
  kind: ReadKind,
  size: number,
): ReadCost | undefined =>
  costs.find((cost) => cost.reader.name === name && cost.kind === kind && cost.size === size);

function toTables({ engine, costs, peaks }: EngineCosts): Table[] {
  const toMultiple = (times: number[], other: ReadCost | undefined): string =>
    times.length > 0 && other && other.times.length > 0 ? toText(toRatio(times, other.times)) : '–';
  return [
    {
      title: `Milliseconds, queries and bytes of BSON that the database returned: ${toName(engine)}`,
      columns: [
        'read',
        'events in the day',
        'reader',
        'median',
        'quartiles',
        '× the floor',
        '× its own newest 10',
        'queries',
        'bytes',
        'per byte of the events',
      ],
      rows: costs.map(({ reader, kind, size, times, queries, bytes, found }) => {
        const { median, low, high } = toSpread(times);
        const isRead = times.length > 0;
        return [
          kind,
          size.toLocaleString('en'),
          reader.title,
          isRead ? toText(median) : '–',
          isRead ? `${toText(low)}–${toText(high)}` : '–',
          toMultiple(times, find(costs, 'floor', kind, size)),
          toMultiple(times, find(costs, reader.name, 'newest 10', size)),
          isRead ? String(queries) : '–',
          isRead ? bytes.toLocaleString('en') : '–',
          isRead ? toText(bytes / (found * EVENT_BYTES)) : '–',
        ];
      }),
    },
    {
      title: `Peak memory of a process that reads 400 pages of a day, MB: ${toName(engine)}`,
      columns: ['events in the day', 'megabytes'],
      rows: [...peaks].map(([size, rss]) => [size.toLocaleString('en'), toText(rss / MEGABYTE)]),
    },
  ];
}

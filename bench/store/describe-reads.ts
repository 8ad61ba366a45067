import type { Section } from '../report/section.ts';
import { toRatio, toSpread, toText } from '../report/statistics.ts';
import type { ReadResult } from './measure-reads.ts';

/** Describes what reading costs. */
export const describeReads = (reads: ReadResult[]): Pick<Section, 'tables' | 'targets'> => {
  const ours = (size: number) => {
    const page = reads.find(
      (read) => read.design.name === 'ours' && read.what === 'page' && read.size === size,
    );
    return page?.times ?? [];
  };
  return {
    tables: [
      {
        title: 'GET: milliseconds for the newest 1,000 events, and for the whole day',
        columns: ['what', 'events in the day', 'design', 'median', 'quartiles'],
        rows: reads.map(({ design, what, size, times }) => {
          const { median, low, high } = toSpread(times);
          return [
            what === 'page' ? 'newest 1,000' : 'whole day',
            size.toLocaleString('en'),
            design.title,
            toText(median),
            `${toText(low)}–${toText(high)}`,
          ];
        }),
      },
    ],
    targets: [
      {
        what: 'reading the newest 1,000 of 50,000 events, relative to 1,000 of 1,000',
        got: toRatio(ours(50_000), ours(1_000)),
        atMost: 1.2,
      },
    ],
  };
};

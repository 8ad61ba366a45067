import type { Section } from '../report/section.ts';
import { toSpread, toText } from '../report/statistics.ts';
import type { BatchResult } from './measure-batches.ts';

/** What batches gain. */
export const describeBatches = (
  batches: BatchResult[],
): Pick<Section, 'tables' | 'charts' | 'targets'> => {
  const rows = batches.map(({ design, size, rates }) => ({ design, size, rate: toSpread(rates) }));
  const find = (name: string, size: number) =>
    rows.find((row) => row.design.name === name && row.size === size)?.rate.median ?? Number.NaN;
  return {
    tables: [
      {
        title: 'Batches by one writer: events a second',
        columns: ['events a batch', 'design', 'events/s', 'quartiles', 'to singles'],
        rows: rows.map(({ design, size, rate: { median, low, high } }) => [
          size.toLocaleString('en'),
          design.title,
          toText(median),
          `${toText(low)}–${toText(high)}`,
          `${toText(median / find(design.name, 1))}×`,
        ]),
      },
    ],
    charts: [
      {
        name: 'store-batch',
        title: 'Batches by one writer',
        unit: 'events/s',
        scale: 'log',
        bars: rows
          .filter(({ design }) => design.name === 'ours')
          .map(({ size, rate }) => ({
            label: `${size.toLocaleString('en')} events a batch`,
            spread: rate,
            isOurs: true,
          })),
      },
    ],
    targets: [
      {
        what: 'events a second in batches of 1,000, to single events',
        got: find('ours', 1_000) / find('ours', 1),
        atLeast: 100,
      },
    ],
  };
};

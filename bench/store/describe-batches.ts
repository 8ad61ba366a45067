import type { Section } from '../report/section.ts';
import { toRatio, toSpread, toText } from '../report/statistics.ts';
import type { BatchResult } from './measure-batches.ts';

/** Describes how much batches gain. */
export const describeBatches = (
  batches: BatchResult[],
): Pick<Section, 'tables' | 'charts' | 'targets'> => {
  const find = (name: string, size: number) =>
    batches.find((batch) => batch.design.name === name && batch.size === size)?.rates ?? [];
  return {
    tables: [
      {
        title: 'Batches by one writer: events per second',
        columns: [
          'events per batch',
          'design',
          'events/s',
          'quartiles',
          'relative to single events',
        ],
        rows: batches.map(({ design, size, rates }) => {
          const { median, low, high } = toSpread(rates);
          return [
            size.toLocaleString('en'),
            design.title,
            toText(median),
            `${toText(low)}–${toText(high)}`,
            `${toText(toRatio(rates, find(design.name, 1)))}×`,
          ];
        }),
      },
    ],
    charts: [
      {
        name: 'store-batch',
        title: 'Batches by one writer',
        unit: 'events/s',
        scale: 'log',
        bars: batches
          .filter(({ design }) => design.name === 'ours')
          .map(({ size, rates }) => ({
            label: `${size.toLocaleString('en')} events per batch`,
            spread: toSpread(rates),
            isOurs: true,
          })),
      },
    ],
    targets: [
      {
        what: 'events per second in batches of 1,000, relative to single events',
        got: toRatio(find('ours', 1_000), find('ours', 1)),
        atLeast: 100,
      },
    ],
  };
};

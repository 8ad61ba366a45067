import type { ColdResult } from '../cold/cold-result.ts';
import type { Section } from '../report/section.ts';
import { toRatio, toSpread, toText } from '../report/statistics.ts';
import type { WarmResult } from '../warm/warm-result.ts';

type Measured = {
  /** Of the bundle, without the code cache. */
  bytes: number[];
  cold: ColdResult[];
  warm: WarmResult[];
  engine: string;
  pinning: string;
};

const AT_MOST = 1.05;

/** Describes what event types cost; of each pair, the first is without them. */
export const describeEventTypes = ({ bytes, cold, warm, engine, pinning }: Measured): Section => {
  const coldTotals = cold.map(({ samples }) => samples.map(({ load, first }) => load + first));
  const posts = warm.map(({ rounds }) => rounds['valid POST']);
  const rows: [what: string, unit: string, figures: number[][]][] = [
    ['bundle', 'KiB', bytes.map((size) => [size / 1_024])],
    ['cold start to the first POST', 'ms', coldTotals],
    ['warm valid POST', 'µs', posts],
  ];
  const ratioOf = ([without = [], with20 = []]: number[][]) => toRatio(with20, without);
  return {
    title: 'Event types: with twenty in the registry, and with none',
    notes: [
      `On ${pinning}; cold starts with the real driver and ${engine}, warm ones with a driver that responds at once. The two take turns.`,
      'With the types, the value of the event is validated.',
    ],
    tables: [
      {
        title: 'Medians',
        columns: ['', 'unit', 'without', 'with twenty', 'ratio'],
        rows: rows.map(([what, unit, figures]) => [
          what,
          unit,
          ...figures.map((each) => toText(toSpread(each).median)),
          ratioOf(figures).toFixed(3),
        ]),
      },
    ],
    charts: [],
    targets: rows.map(([what, , figures]) => ({
      what: `${what}, with twenty event types relative to none`,
      got: ratioOf(figures),
      atMost: AT_MOST,
    })),
  };
};

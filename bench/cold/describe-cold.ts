import type { Section } from '../report/section.ts';
import type { Spread } from '../report/statistics.ts';
import { toRatio, toSpread, toText } from '../report/statistics.ts';
import type { ColdResult, Sample } from './cold-result.ts';

type Row = { name: string; title: string; total: Spread; load: Spread; first: Spread };

/** Describes the samples of cold starts. */
export const describeCold = (
  results: ColdResult[],
  { engine, pinning }: { engine: string; pinning: string },
): Section => {
  const rows = results.map(toRow);
  const find = (name: string) => rows.find((row) => row.name === name)?.total.median ?? Number.NaN;
  const ours = find('ours');
  return {
    title: 'Cold start: load, connect, first POST',
    notes: [
      `A new Node process for each sample, on ${pinning}; the time starts when Lambda's runtime has started and begins to load the function.`,
      `The real driver and a real database (${engine}). All functions do the same single update; the others have two operations, ours the whole contract.`,
    ],
    tables: [
      {
        title: 'Milliseconds',
        columns: [
          'function',
          'median',
          'quartiles',
          'load',
          'first POST',
          'samples',
          'relative to ours',
        ],
        rows: rows.map(({ title, total, load, first }) => [
          title,
          toText(total.median),
          `${toText(total.low)}–${toText(total.high)}`,
          toText(load.median),
          toText(first.median),
          String(total.count),
          `${toText(total.median / ours)}×`,
        ]),
      },
    ],
    charts: [
      {
        name: 'cold',
        title: 'Cold start: load, connect, first POST',
        unit: 'ms',
        scale: 'linear',
        bars: rows.map(({ name, title, total }) => ({
          label: title,
          spread: total,
          isOurs: name === 'ours',
        })),
      },
    ],
    targets: [
      ...['openapi-backend-whole', 'openapi-backend'].map((name) => ({
        what: `cold start, relative to ${rows.find((row) => row.name === name)?.title}`,
        got: ours / find(name),
        atMost: 1 / 15,
      })),
      {
        what: 'cold start, relative to the floor',
        got: toRatio(findTotals(results, 'ours'), findTotals(results, 'floor')),
        atMost: 1.25,
      },
    ],
  };
};

/** The totals of one contestant. Ours and the floor are sampled equally often and close together. */
const findTotals = (results: ColdResult[], name: string): number[] =>
  results.find(({ contestant }) => contestant.name === name)?.samples.map(toTotal) ?? [];

const toTotal = ({ load, first }: Sample): number => load + first;

function toRow({ contestant: { name, title }, samples }: ColdResult): Row {
  return {
    name,
    title,
    total: toSpread(samples.map(toTotal)),
    load: toSpread(samples.map(({ load }) => load)),
    first: toSpread(samples.map(({ first }) => first)),
  };
}

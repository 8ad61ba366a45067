import type { AlignedData } from 'uplot';
import type { History } from '../service/history.ts';

type Row = readonly (number | null)[];

/** Converts a history to columns: instant and value, or instant, lowest, highest and mean. Null marks a gap. */
export const toChartData = (history: History): AlignedData =>
  history.kind === 'events' ? toColumns(toReadings(history), 2) : toColumns(toBand(history), 4);

/** Leaves out values that are not numbers. */
const toReadings = ({ events }: Extract<History, { kind: 'events' }>): Row[] =>
  events.flatMap(({ date, value }) =>
    typeof value === 'number' ? [[Date.parse(date), value]] : [],
  );

/** Intervals without events are missing from the summary: a gap breaks the line there. */
const toBand = ({ intervals, interval }: Extract<History, { kind: 'summary' }>): Row[] =>
  intervals.flatMap(({ start, mean, min, max }, index) => {
    const row: Row = [Date.parse(start), min, max, mean];
    const next = Date.parse(start) + interval.ms;
    const following = intervals[index + 1];
    const hasGap = following !== undefined && Date.parse(following.start) > next;
    return hasGap ? [row, [next, null, null, null]] : [row];
  });

const toColumns = (rows: readonly Row[], width: number): AlignedData =>
  Array.from({ length: width }, (_, column) =>
    rows.map((row) => row[column] ?? null),
  ) as unknown as AlignedData;

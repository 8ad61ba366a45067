import type { AlignedData } from 'uplot';
import type { Series } from '../service/feed.ts';
import type { History } from '../service/history.ts';

type Row = readonly (number | null)[];

/**
 * Converts series to columns: the instant, then for each series its value, or lowest, highest and mean. Null marks a gap;
 * undefined that another series has its value there. uPlot.join would drop values of the same instant.
 */
export const toChartData = (series: readonly Series[]): AlignedData => {
  const widths = series.map(({ history }) => toWidth(history.kind));
  const rows = series.flatMap(({ history }, index) => {
    const first = widths.slice(0, index).reduce((sum, width) => sum + width, 1);
    return toRows(history).map(([instant = null, ...values]) => ({ instant, first, values }));
  });
  rows.sort((one, other) => Number(one.instant) - Number(other.instant));
  const columns = Array.from({ length: widths.reduce((sum, width) => sum + width, 1) }, () =>
    Array.from<number | null | undefined>({ length: rows.length }),
  );
  for (const [index, { instant, first, values }] of rows.entries()) {
    for (const [place, value] of [instant, ...values].entries()) {
      const column = columns[place === 0 ? 0 : first + place - 1];
      if (column) column[index] = value;
    }
  }
  return columns as unknown as AlignedData;
};

/** The number of a history's columns. */
export const toWidth = (kind: History['kind']): number => (kind === 'events' ? 1 : 3);

const toRows = (history: History): Row[] =>
  history.kind === 'events' ? toReadings(history) : toBand(history);

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

import type { Axis, Options, Series } from 'uplot';
import { formatTime } from '../page/format-time.ts';
import { formatValue } from '../page/format-value.ts';
import type { History } from '../service/history.ts';
import { formatTicks } from './format-ticks.ts';

const FONT = '12px system-ui, sans-serif';
const CHARACTER_PX = 7;

/** Options for a history of this kind, with a label at the axis of values. Colours come from style/colors.css, for light and dark. */
export const toChartOptions = (
  kind: History['kind'],
  label: string,
): Pick<Options, 'series' | 'bands' | 'axes' | 'legend'> => ({
  series: [
    { label: 'Time', value: (_, instant) => (instant === null ? '–' : formatTime(instant)) },
    ...toSeries(kind),
  ],
  ...(kind === 'summary' && { bands: [{ series: [2, 1], fill: () => color('--band') }] }),
  legend: { markers: { width: 0, fill: (_, index) => `var(--marker-${kind}-${index})` } },
  axes: [
    { ...axis, space: 80, values: (_, splits, __, ___, step) => formatTicks(splits, step) },
    {
      ...axis,
      label,
      labelFont: FONT,
      size: toWidth,
      values: (_, splits) => splits.map(formatValue),
    },
  ],
});

const toSeries = (kind: History['kind']): Series[] =>
  kind === 'events'
    ? [{ ...line, label: 'Value' }]
    : [
        { ...edge, label: 'Lowest' },
        { ...edge, label: 'Highest' },
        { ...line, label: 'Mean' },
      ];

/** Reads a colour of the style sheet when drawing: a canvas cannot use CSS variables. */
const color = (name: string): string =>
  getComputedStyle(document.documentElement).getPropertyValue(name).trim();

const value = (_: unknown, number: number | null): string =>
  number === null ? '–' : formatValue(number);
const line: Series = { stroke: () => color('--line'), width: 2, points: { size: 5 }, value };
const edge: Series = { stroke: () => color('--edge'), width: 1, points: { show: false }, value };
const grid = { stroke: () => color('--grid'), width: 1 };
const axis: Axis = { stroke: () => color('--muted'), font: FONT, grid, ticks: grid };

const toWidth: Axis.Size = (_, labels) =>
  24 + CHARACTER_PX * Math.max(0, ...(labels ?? []).map((label) => label.length));

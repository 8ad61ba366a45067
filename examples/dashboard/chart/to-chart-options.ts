import type { Axis, Series as Line, Options } from 'uplot';
import { formatTime } from '../page/format-time.ts';
import type { NumberFormat } from '../page/number-format.ts';
import { formatNumbers } from '../page/number-format.ts';
import type { Series } from '../service/feed.ts';
import { formatTicks } from './format-ticks.ts';
import { toWidth } from './to-chart-data.ts';

const FONT = '12px system-ui, sans-serif';
const CHARACTER_PX = 7;

/**
 * Options for one series, or two, each with an axis of its own. Colours come from style/colors.css, for light and dark.
 * Called once for each combination of event types and kinds.
 */
export const toChartOptions = (
  series: readonly Series[],
  numbers: () => NumberFormat,
): Pick<Options, 'series' | 'bands' | 'axes' | 'legend'> => {
  const isNamed = series.length > 1;
  const lines = series.map((each, index) => toLines(each, index, isNamed, numbers));
  const colors = ['', ...lines.flat().map(({ colorName }) => colorName)];
  return {
    series: [
      { label: 'Time', value: (_, instant) => (instant === null ? '–' : formatTime(instant)) },
      ...lines.flat().map(({ colorName: _, ...line }) => line),
    ],
    bands: series.flatMap(({ history }, index) => {
      if (history.kind === 'events') return [];
      const first = series
        .slice(0, index)
        .reduce((sum, before) => sum + toWidth(before.history.kind), 1);
      return [
        {
          series: [first + 1, first] as [number, number],
          fill: () => color(`--band-${index + 1}`),
        },
      ];
    }),
    legend: { markers: { width: 0, fill: (_, index) => `var(${colors[index]})` } },
    axes: [
      { ...axis, space: 80, values: (_, splits, __, ___, step) => formatTicks(splits, step) },
      ...series.map((_, index) => toAxis(index)),
    ],
  };
};

function toLines(
  { eventType, history }: Series,
  index: number,
  isNamed: boolean,
  numbers: () => NumberFormat,
): (Line & { colorName: string })[] {
  const value = (_: unknown, number: number | null): string =>
    number == null ? '–' : numbers().format(eventType, number);
  const mean = (_: unknown, number: number | null): string =>
    number == null ? '–' : numbers().formatBeside(eventType, number, [number]).join('');
  const scale = toScale(index);
  const [lineName, edgeName] = [`--line-${index + 1}`, `--edge-${index + 1}`];
  const line = { scale, stroke: () => color(lineName), width: 2, points: { size: 5 } };
  const edge = { scale, stroke: () => color(edgeName), width: 1, points: { show: false } };
  const label = (name: string): string => (isNamed ? `${eventType}, ${name.toLowerCase()}` : name);
  if (history.kind === 'events') {
    const name = isNamed ? eventType : 'Value';
    return [{ ...line, colorName: lineName, label: name, value }];
  }
  return [
    { ...edge, colorName: edgeName, label: label('Lowest'), value },
    { ...edge, colorName: edgeName, label: label('Highest'), value },
    { ...line, colorName: lineName, label: label('Mean'), value: mean },
  ];
}

/** Reads a colour of the style sheet when drawing: a canvas cannot use CSS variables. */
const color = (name: string): string =>
  getComputedStyle(document.documentElement).getPropertyValue(name).trim();

const grid = { stroke: () => color('--grid'), width: 1 };
const axis: Axis = { stroke: () => color('--muted'), font: FONT, grid, ticks: grid };

const toScale = (index: number): string => (index === 0 ? 'y' : 'y2');

/** The second axis is on the right, in the colour of its line, and has no grid of its own. */
const toAxis = (index: number): Axis => ({
  ...axis,
  scale: toScale(index),
  size: toSize,
  values: (_, splits) => formatNumbers(splits),
  ...(index > 0 && { side: 1, grid: { show: false }, stroke: () => color(`--line-${index + 1}`) }),
});

const toSize: Axis.Size = (_, labels) =>
  24 + CHARACTER_PX * Math.max(0, ...(labels ?? []).map((label) => label.length));

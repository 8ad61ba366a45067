import type { History } from '../service/history.ts';
import { createElement } from './element.ts';
import { formatValue } from './format-value.ts';

type Stats = { count: number; lowest: number; highest: number; mean: number };

/** Shows statistics of the range, also for viewers who cannot see the chart. */
export const showStats = (list: HTMLElement, history: History): void => {
  const { count, lowest, mean, highest } = toStats(history);
  list.hidden = count === 0;
  const entries = Object.entries({ lowest, mean, highest, readings: count });
  list.replaceChildren(
    ...entries.map(([name, number]) =>
      createElement('div', [createElement('dt', name), createElement('dd', formatValue(number))]),
    ),
  );
};

const toStats = (history: History): Stats =>
  toParts(history).reduce(
    (stats, part) => {
      const count = stats.count + part.count;
      return {
        count,
        lowest: Math.min(stats.lowest, part.min),
        highest: Math.max(stats.highest, part.max),
        mean: stats.mean + (part.mean - stats.mean) * (part.count / count),
      };
    },
    {
      count: 0,
      lowest: Number.POSITIVE_INFINITY,
      highest: Number.NEGATIVE_INFINITY,
      mean: 0,
    } satisfies Stats,
  );

const toParts = (history: History) =>
  history.kind === 'summary'
    ? history.intervals
    : history.events.flatMap(({ value }) =>
        typeof value === 'number' ? [{ count: 1, min: value, max: value, mean: value }] : [],
      );

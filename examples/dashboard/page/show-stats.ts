import type { Series } from '../service/feed.ts';
import type { History } from '../service/history.ts';
import { createElement, findElement } from './element.ts';
import type { NumberFormat } from './number-format.ts';

// A long name is cut: the heading and the choice of series have it whole.
const NAME = { class: 'name' };

type Stats = { count: number; lowest: number; highest: number; mean: number };

/** Shows statistics of the range, a row for each series, also for viewers who cannot see the chart. */
export const showStats = (series: readonly Series[], numbers: NumberFormat): void => {
  const rows = series
    .map(({ eventType, history }) => ({ eventType, ...toStats(history) }))
    .filter(({ count }) => count > 0);
  findElement('stats', HTMLElement).hidden = rows.length === 0;
  findElement('stats-rows', HTMLElement).replaceChildren(
    ...rows.map(({ eventType, lowest, mean, highest, count }) => {
      const texts = numbers.formatBeside(eventType, mean, [lowest, mean, highest]);
      return createElement('tr', [
        createElement('th', createElement('span', eventType, NAME), { scope: 'row' }),
        ...[...texts, count.toLocaleString()].map((text) =>
          createElement('td', text, { class: 'number' }),
        ),
      ]);
    }),
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

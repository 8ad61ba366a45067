import type { Event } from '../../../clients/typescript/src/index.ts';
import { createChart } from '../chart/chart.ts';
import type { Picture, Series } from '../service/feed.ts';
import type { History } from '../service/history.ts';
import { findElement } from './element.ts';
import { formatTime } from './format-time.ts';
import type { NumberFormat } from './number-format.ts';
import { createRangePicker } from './range-picker.ts';
import { showEvents } from './show-events.ts';
import { showStats } from './show-stats.ts';
import type { View } from './view.ts';

/** What the viewer chooses here. */
export type Choice = Partial<Pick<View, 'range' | 'other'>>;

/** Creates the panel of one or two event types: range, chart, statistics and newest events. */
export const createSeriesPanel = (
  numbers: () => NumberFormat,
  onChoose: (choice: Choice) => void,
) => {
  const panel = findElement('series', HTMLElement);
  const figure = findElement('figure', HTMLElement);
  const other = findElement('other', HTMLSelectElement);
  const picker = createRangePicker((range) => onChoose({ range }));
  const chart = createChart(findElement('chart', HTMLElement), numbers, (from, to) =>
    onChoose({ range: { kind: 'custom', from: toIso(from), to: toIso(to) } }),
  );
  other.addEventListener('change', () => onChoose({ other: other.value }));
  return {
    loading({ eventType, range }: View): void {
      panel.hidden = eventType === '';
      panel.ariaBusy = 'true';
      findElement('series-heading', HTMLElement).textContent = eventType;
      picker.show(range);
    },
    /** Offers the event types to show over the one on display. */
    offer(latest: readonly Event[], view: View): void {
      const types = latest.map(({ eventType }) => eventType);
      const options = ['', ...types.filter((type) => type !== view.eventType)];
      const isSame = options.join('\n') === [...other.options].map(({ value }) => value).join('\n');
      if (!isSame) {
        other.replaceChildren(...options.map((type) => new Option(type || 'Nothing', type)));
      }
      other.value = view.other;
    },
    show(picture: Picture, latest: readonly Event[]): void {
      const { series, span } = picture;
      panel.ariaBusy = 'false';
      picker.span = span;
      for (const { eventType, history } of series) numbers().note(eventType, toNumbers(history));
      const drawn = series.filter(({ history }) => hasNumbers(history));
      figure.hidden = drawn.length === 0;
      setNotes(series, latest);
      showStats(series, numbers());
      showEvents(series, numbers());
      // Draw last: a hidden chart has no width.
      if (!figure.hidden) chart.draw({ series: drawn, span });
    },
  };
};

function setNotes(series: readonly Series[], latest: readonly Event[]): void {
  const note = findElement('series-note', HTMLElement);
  const text = series
    .map((each) => toNote(each, latest, series.length > 1))
    .join(' ')
    .trim();
  if (note.textContent !== text) note.textContent = text;
  note.hidden = text === '';
  const summaries = series.flatMap(({ history }) =>
    history.kind === 'summary' ? [toWords(history.interval.ms)] : [],
  );
  findElement('chart-note', HTMLElement).textContent =
    summaries.length > 0 ? `Mean, lowest and highest value of each ${summaries[0]}.` : '';
}

function toNote(
  { eventType, history }: Series,
  latest: readonly Event[],
  isNamed: boolean,
): string {
  if (hasNumbers(history)) return '';
  const range = isNamed ? `Of ${eventType}, this range` : 'This range';
  if (hasEvents(history)) return `${range} has no numbers. Its events are listed below.`;
  const newest = latest.find((event) => event.eventType === eventType);
  const words = newest ? ` The newest event is from ${formatTime(Date.parse(newest.date))}.` : '';
  return `${range} has no events.${words}`;
}

const toNumbers = (history: History): unknown[] =>
  history.kind === 'summary'
    ? history.intervals.flatMap(({ min, max, lastValue }) => [min, max, lastValue])
    : history.events.map(({ value }) => value);

const hasNumbers = (history: History): boolean =>
  history.kind === 'summary'
    ? history.intervals.length > 0
    : history.events.some(({ value }) => typeof value === 'number');

const hasEvents = (history: History): boolean =>
  (history.kind === 'summary' ? history.newest : history.events).length > 0;

function toWords(ms: number): string {
  const minutes = ms / 60_000;
  const [unit, count] =
    minutes >= 1440 ? ['day', 1] : minutes >= 60 ? ['hour', minutes / 60] : ['minute', minutes];
  return count === 1 ? unit : `${count} ${unit}s`;
}

const toIso = (instant: number): string => new Date(Math.round(instant)).toISOString();

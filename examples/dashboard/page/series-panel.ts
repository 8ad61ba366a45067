import { createChart } from '../chart/chart.ts';
import type { Event } from '../service/api.ts';
import type { Picture } from '../service/feed.ts';
import type { History } from '../service/history.ts';
import type { Label } from '../service/label.ts';
import { toLabelText } from '../service/label.ts';
import type { Range } from '../service/range.ts';
import { findElement } from './element.ts';
import { formatTime } from './format-time.ts';
import { createRangePicker } from './range-picker.ts';
import { showEvents } from './show-events.ts';
import { showStats } from './show-stats.ts';
import type { View } from './view.ts';

/** Creates the panel of one event type: range, chart, statistics and newest events. */
export const createSeriesPanel = (onChoose: (range: Range) => void) => {
  const panel = findElement('series', HTMLElement);
  const figure = findElement('figure', HTMLElement);
  const picker = createRangePicker(onChoose);
  const chart = createChart(findElement('chart', HTMLElement), (from, to) =>
    onChoose({ kind: 'custom', from: toIso(from), to: toIso(to) }),
  );
  return {
    loading({ eventType, range }: View): void {
      panel.hidden = eventType === '';
      panel.ariaBusy = 'true';
      findElement('series-heading', HTMLElement).textContent = eventType;
      picker.show(range);
    },
    show(picture: Picture, latest: Event | undefined, label: Label): void {
      const { history } = picture;
      panel.ariaBusy = 'false';
      findElement('series-heading', HTMLElement).textContent = label.title;
      figure.hidden = !hasNumbers(history);
      figure.ariaLabel = toLabelText(label);
      findElement('events-part', HTMLElement).hidden = !hasEvents(history);
      setNotes(history, latest);
      showStats(findElement('stats', HTMLElement), history);
      showEvents(findElement('events', HTMLElement), history);
      // Draw last: a hidden chart has no width.
      if (!figure.hidden) chart.draw(picture, toLabelText(label));
    },
  };
};

function setNotes(history: History, latest: Event | undefined): void {
  const note = findElement('series-note', HTMLElement);
  const text = toNote(history, latest);
  if (note.textContent !== text) note.textContent = text;
  note.hidden = text === '';
  findElement('chart-note', HTMLElement).textContent =
    history.kind === 'summary'
      ? `Mean, lowest and highest value of each ${toWords(history.interval.ms)}.`
      : '';
}

function toNote(history: History, latest: Event | undefined): string {
  if (hasNumbers(history)) return '';
  if (hasEvents(history)) return 'This range has no numbers. Its events are listed below.';
  const newest = latest ? ` The newest event is from ${formatTime(Date.parse(latest.date))}.` : '';
  return `This range has no events.${newest}`;
}

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

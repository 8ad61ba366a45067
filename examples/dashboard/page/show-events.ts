import type { Event } from '../../../clients/typescript/src/index.ts';
import type { Series } from '../service/feed.ts';
import { NEWEST } from '../service/history.ts';
import { createElement, findElement } from './element.ts';
import { formatTime } from './format-time.ts';
import type { NumberFormat } from './number-format.ts';
import { showValue } from './show-value.ts';

/** Lists the newest events of the range, with values of any type; tells the types of two series apart. */
export const showEvents = (series: readonly Series[], numbers: NumberFormat): void => {
  const newest = series
    .flatMap(({ history }) =>
      history.kind === 'events' ? history.events.slice(-NEWEST) : history.newest,
    )
    .sort((one, other) => (one.date < other.date ? -1 : 1))
    .slice(-NEWEST)
    .reverse();
  const hasTypes = series.length > 1;
  findElement('events-part', HTMLElement).hidden = newest.length === 0;
  findElement('type-column', HTMLElement).hidden = !hasTypes;
  findElement('events', HTMLElement).replaceChildren(
    ...newest.map((event) => toRow(event, hasTypes, numbers)),
  );
};

function toRow(event: Event, hasType: boolean, numbers: NumberFormat): HTMLTableRowElement {
  const { date, eventType } = event;
  const time = createElement('time', formatTime(Date.parse(date)), { datetime: date, title: date });
  const cell = createElement('td', '');
  showValue(cell, event, numbers);
  const type = hasType
    ? [createElement('td', createElement('span', eventType, { class: 'name' }))]
    : [];
  return createElement('tr', [createElement('td', time), ...type, cell]);
}

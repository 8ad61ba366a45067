import type { Event } from '../service/api.ts';
import type { History } from '../service/history.ts';
import { NEWEST } from '../service/history.ts';
import { createElement } from './element.ts';
import { formatTime } from './format-time.ts';
import { showValue } from './show-value.ts';

/** Lists the newest events of the range, with values of any type. */
export const showEvents = (body: HTMLElement, history: History): void => {
  const events = history.kind === 'events' ? history.events.slice(-NEWEST) : history.newest;
  body.replaceChildren(...events.map(toRow).reverse());
};

const toRow = ({ date, value }: Event): HTMLTableRowElement => {
  const time = createElement('time', formatTime(Date.parse(date)), { datetime: date, title: date });
  const cell = createElement('td', '');
  showValue(cell, value);
  return createElement('tr', [createElement('td', time), cell]);
};

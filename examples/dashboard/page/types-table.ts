import type { Event } from '../../../clients/typescript/src/index.ts';
import { createElement, findElement } from './element.ts';
import { formatAge, formatTime } from './format-time.ts';
import type { NumberFormat } from './number-format.ts';
import { showValue } from './show-value.ts';

const AGE_MS = 5_000;

/** Creates the table with a row for each event type; its button selects the type. Rows are reused, to keep the focus. */
export const createTypesTable = (numbers: () => NumberFormat, onChoose: (type: string) => void) => {
  const body = findElement('latest', HTMLElement);
  const rows = new Map<string, HTMLTableRowElement>();
  const createRow = (eventType: string): HTMLTableRowElement => {
    const button = createElement('button', eventType, { type: 'button' });
    button.addEventListener('click', () => onChoose(eventType));
    const row = createElement('tr', [
      createElement('th', [button, createElement('time', '')], { scope: 'row' }),
      createElement('td', createElement('div', ''), { class: 'value' }),
    ]);
    rows.set(eventType, row);
    return row;
  };
  // Ages grow even if reading fails.
  setInterval(() => body.querySelectorAll('time').forEach(showAge), AGE_MS);
  return {
    show(latest: readonly Event[], chosen: readonly string[]): void {
      findElement('no-types', HTMLElement).hidden = latest.length > 0;
      const shown = latest.map(({ eventType }) => rows.get(eventType) ?? createRow(eventType));
      const isSame = shown.length === body.children.length;
      if (!isSame || shown.some((row, index) => row !== body.children[index])) {
        body.replaceChildren(...shown);
      }
      for (const [index, event] of latest.entries()) {
        numbers().note(event.eventType, [event.value]);
        fill(shown[index], event, chosen.includes(event.eventType), numbers());
      }
    },
    forget(): void {
      rows.clear();
      body.replaceChildren();
    },
  };
};

function fill(
  row: HTMLTableRowElement | undefined,
  event: Event,
  isChosen: boolean,
  numbers: NumberFormat,
): void {
  const [button, content, time] = [
    row?.querySelector('button'),
    row?.querySelector('div'),
    row?.querySelector('time'),
  ];
  if (!row || !button || !content || !time) return;
  const value = JSON.stringify(event.value);
  // Marks values that changed since the last read; none after the first.
  row.classList.toggle('changed', content.title !== '' && content.title !== value);
  button.ariaPressed = `${isChosen}`;
  showValue(content, event, numbers);
  time.dateTime = event.date;
  time.title = formatTime(Date.parse(event.date));
  showAge(time);
}

const showAge = (time: HTMLTimeElement): void => {
  time.textContent = formatAge(Date.parse(time.dateTime));
};

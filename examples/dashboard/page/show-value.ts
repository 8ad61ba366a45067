import type { Event } from '../../../clients/typescript/src/index.ts';
import type { NumberFormat } from './number-format.ts';

/** Shows an event's value in an element: numbers aligned, everything else as code. */
export const showValue = (
  element: HTMLElement,
  { eventType, value }: Event,
  numbers: NumberFormat,
): void => {
  element.textContent = numbers.format(eventType, value);
  element.title = JSON.stringify(value);
  element.classList.toggle('code', typeof value !== 'number');
  element.classList.toggle('number', typeof value === 'number');
};

import { formatValue } from './format-value.ts';

/** A value in an element: numbers to compare, everything else as code. */
export const showValue = (element: HTMLElement, value: unknown): void => {
  element.textContent = formatValue(value);
  element.title = JSON.stringify(value);
  element.classList.toggle('code', typeof value !== 'number');
};

import { formatValue } from './format-value.ts';

/** Shows a value in an element: numbers aligned, everything else as code. */
export const showValue = (element: HTMLElement, value: unknown): void => {
  element.textContent = formatValue(value);
  element.title = JSON.stringify(value);
  element.classList.toggle('code', typeof value !== 'number');
};

import type { Range, Span } from '../service/range.ts';
import { toSpan } from '../service/range.ts';
import { findElement } from './element.ts';

/** Creates the form for the range. It reports each complete, valid choice. */
export const createRangePicker = (onChoose: (range: Range) => void) => {
  const form = findElement('range', HTMLFormElement);
  let shown: Range = { kind: '24h' };
  const show = (range: Range): void => {
    shown = range;
    const kinds = form.elements.namedItem('kind') as RadioNodeList;
    kinds.value = range.kind;
    prefill(range);
    showFields(range.kind);
  };
  form.addEventListener('submit', (event) => event.preventDefault());
  form.addEventListener('change', ({ target }) => {
    const kind = new FormData(form).get('kind');
    // Start a day or a custom range from the range on display.
    if (target instanceof HTMLInputElement && target.type === 'radio') prefill(shown);
    showFields(kind);
    const range = readRange(kind);
    if (range) onChoose(range);
  });
  return { show };
};

const day = () => findElement('day', HTMLInputElement);
const from = () => findElement('from', HTMLInputElement);
const to = () => findElement('to', HTMLInputElement);

function showFields(kind: unknown): void {
  findElement('day-fields', HTMLElement).hidden = kind !== 'day';
  findElement('custom-fields', HTMLElement).hidden = kind !== 'custom';
}

function prefill(range: Range): void {
  const span: Span = toSpan(range, Date.now());
  day().value = new Date(span.end - 1).toISOString().slice(0, 10);
  from().value = toLocal(span.from);
  to().value = toLocal(span.end);
  to().setCustomValidity('');
}

/** Reads the range; undefined if it is incomplete or invalid. The form then shows the error. */
function readRange(kind: unknown): Range | undefined {
  if (kind === '1h' || kind === '24h' || kind === '7d') return { kind };
  if (kind === 'day') return day().reportValidity() ? { kind, day: day().value } : undefined;
  if (from().value === '' || to().value === '') return undefined;
  const isForward = from().value < to().value;
  to().setCustomValidity(isForward ? '' : 'Must be later than From');
  if (!from().reportValidity() || !to().reportValidity()) return undefined;
  const [start, end] = [from(), to()].map(({ value }) => new Date(value).toISOString());
  return { kind: 'custom', from: start ?? '', to: end ?? '' };
}

/** Formats an instant for a field of local date and time. Seconds of 0 are left out, so that the field hides them. */
function toLocal(instant: number): string {
  const offset = new Date(instant).getTimezoneOffset() * 60_000;
  return new Date(instant - offset).toISOString().slice(0, 19).replace(/:00$/, '');
}

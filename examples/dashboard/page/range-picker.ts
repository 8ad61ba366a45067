import type { Range, Span } from '../service/range.ts';
import { toSpan } from '../service/range.ts';
import { findElement } from './element.ts';
import { createInstantField } from './instant-field.ts';

/** Creates the form for the range. It reports each complete, valid choice. */
export const createRangePicker = (onChoose: (range: Range) => void) => {
  const form = findElement('range', HTMLFormElement);
  const day = findElement('day', HTMLInputElement);
  const from = createInstantField('from');
  const to = createInstantField('to');
  let shown: Range = { kind: 'data' };
  let reported: Range | undefined;
  let span: Span | undefined;

  const prefill = (range: Range): void => {
    const isFixed = range.kind === 'day' || range.kind === 'custom';
    const { from: start, end } = isFixed || !span ? toSpan(range, Date.now()) : span;
    day.value = new Date(end - 1).toISOString().slice(0, 10);
    from.fill(start);
    to.fill(end);
  };
  /** Reads the range; undefined if it is incomplete or invalid. The form then shows the error. */
  const readRange = (kind: unknown): Range | undefined => {
    if (kind === 'data' || kind === '1h' || kind === '24h' || kind === '7d') return { kind };
    if (kind === 'day') return day.reportValidity() ? { kind, day: day.value } : undefined;
    if (from.element.value === '' || to.element.value === '') return undefined;
    const [start, end] = [from.read(), to.read()];
    if (start === undefined || end === undefined) return undefined;
    to.element.setCustomValidity(start < end ? '' : 'Must be later than From');
    if (!to.element.reportValidity()) return undefined;
    return { kind: 'custom', from: toIso(start), to: toIso(end) };
  };

  form.addEventListener('submit', (event) => event.preventDefault());
  form.addEventListener('change', ({ target }) => {
    const kind = new FormData(form).get('kind');
    // Start a day or a custom range from the range on display.
    if (target instanceof HTMLInputElement && target.type === 'radio') prefill(shown);
    showFields(kind);
    const range = readRange(kind);
    reported = range;
    if (range) onChoose(range);
  });
  return {
    show(range: Range): void {
      shown = range;
      const kinds = form.elements.namedItem('kind') as RadioNodeList;
      kinds.value = range.kind;
      // Fields that the viewer is filling in stay as they are.
      if (range !== reported) prefill(range);
      showFields(range.kind);
    },
    /** Where a day or a custom range starts from. */
    set span(current: Span) {
      span = current;
    },
  };
};

function showFields(kind: unknown): void {
  findElement('day-fields', HTMLElement).hidden = kind !== 'day';
  findElement('custom-fields', HTMLElement).hidden = kind !== 'custom';
}

const toIso = (instant: number): string => new Date(instant).toISOString();

import { findElement } from './element.ts';

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;
// No clock is changed by more than a day.
const AROUND_MS = 24 * HOUR_MS;

/**
 * A field for a local date and time. A second field appears for a time that the clock shows twice, and asks which one is
 * meant. The ids of its elements begin with `id`.
 */
export const createInstantField = (id: string) => {
  const field = findElement(id, HTMLInputElement);
  const choice = findElement(`${id}-offset`, HTMLSelectElement);
  const part = findElement(`${id}-choice`, HTMLElement);
  const offer = (instants: readonly number[], chosen: number): void => {
    part.hidden = instants.length < 2;
    choice.replaceChildren(
      ...instants.map((instant) => new Option(toOffset(instant), String(instant))),
    );
    choice.value = String(instants.includes(chosen) ? chosen : instants[0]);
  };
  field.addEventListener('input', () => offer(toInstants(field.value), Number(choice.value)));
  return {
    element: field,
    fill(instant: number): void {
      field.value = toLocal(instant);
      field.setCustomValidity('');
      // The field shows whole seconds.
      const shown = Math.floor(instant / 1000) * 1000;
      offer(toInstants(field.value), shown);
    },
    /** The instant; undefined if the field is incomplete, or names a time that the clock skips. It then says so. */
    read(): number | undefined {
      const instants = toInstants(field.value);
      const isSkipped = field.value !== '' && instants.length === 0;
      field.setCustomValidity(isSkipped ? 'The clocks skip this time' : '');
      if (!field.reportValidity()) return undefined;
      return instants.length > 1 ? Number(choice.value) : instants[0];
    },
  };
};

/** The instants at which clocks show a local time, earliest first: usually one, two when they are put back, none when skipped. */
export const toInstants = (local: string): number[] => {
  const guess = Date.parse(`${local}Z`);
  if (Number.isNaN(guess)) return [];
  const offsets = [guess - AROUND_MS, guess, guess + AROUND_MS].map(toOffsetMs);
  const instants = offsets.map((offset) => guess - offset);
  const shown = instants.filter((instant) => toOffsetMs(instant) === guess - instant);
  return [...new Set(shown)].sort((one, other) => one - other);
};

/** Milliseconds by which local time is ahead of UTC. Not from getTimezoneOffset, which has whole minutes. */
function toOffsetMs(instant: number): number {
  const date = new Date(instant);
  const [year, month, day] = [date.getFullYear(), date.getMonth(), date.getDate()];
  const local = new Date(0);
  local.setUTCFullYear(year, month, day);
  local.setUTCHours(date.getHours(), date.getMinutes(), date.getSeconds(), date.getMilliseconds());
  return local.getTime() - instant;
}

/** Formats an instant for a field of local date and time. Seconds of 0 are left out, so that the field hides them. */
function toLocal(instant: number): string {
  const local = new Date(instant + toOffsetMs(instant));
  return local.toISOString().slice(0, 19).replace(/:00$/, '');
}

/** Formats the offset of local time: UTC+02:00. */
function toOffset(instant: number): string {
  const minutes = Math.round(toOffsetMs(instant) / MINUTE_MS);
  const size = Math.abs(minutes);
  const [hours, rest] = [Math.floor(size / 60), size % 60].map((each) =>
    String(each).padStart(2, '0'),
  );
  return `UTC${minutes < 0 ? '−' : '+'}${hours}:${rest}`;
}

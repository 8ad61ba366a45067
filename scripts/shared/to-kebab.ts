/** Turns a name such as `addEvent` into `add-event`, as files are named. */
export const toKebab = (name: string): string =>
  name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

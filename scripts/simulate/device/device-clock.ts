/** A device's own idea of the time. */
export type DeviceClock = {
  /** How many milliseconds it is ahead. */
  offset(): number;
  now(): number;
  set(time: number): void;
};

export const createDeviceClock = (startOffset: number): DeviceClock => {
  let offset = Math.round(startOffset);
  return {
    offset: () => offset,
    now: () => Date.now() + offset,
    set(time) {
      offset = time - Date.now();
    },
  };
};

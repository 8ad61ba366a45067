/** A device's clock, which may be wrong. */
export type DeviceClock = {
  /** Milliseconds that the clock is ahead. */
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

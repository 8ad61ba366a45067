import type { Random } from './random.ts';

/** A sensor of a device. */
export type EventSource = {
  eventType: string;
  /** The next event's value; undefined for an event without one. */
  next(): unknown;
};

/** Creates two sources, different from those of the next device. */
export const createEventSources = (index: number, random: Random): [EventSource, EventSource] => {
  const { length } = KINDS;
  const toSource = (offset: number): EventSource => {
    const [eventType, create] = KINDS[(2 * index + offset) % length] ?? KINDS[0];
    return { eventType, next: create(random.fork(eventType)) };
  };
  return [toSource(0), toSource(1)];
};

/** Sources for a device without a clock: each value is unique, since only values tell its events apart. */
export const createCounters = (): [EventSource, EventSource] => {
  let pulses = 0;
  let presses = 0;
  return [
    { eventType: 'meter_pulses', next: () => ++pulses },
    { eventType: 'button_pressed', next: () => ({ press: ++presses, button: 'A' }) },
  ];
};

type Kind = [eventType: string, create: (random: Random) => () => unknown];

const KINDS: [Kind, ...Kind[]] = [
  ['temp_celsius', (random) => createWalk(random, 21, 0.4)],
  ['climate', createClimate],
  ['door_opened', () => () => undefined],
  ['battery_percent', createBattery],
  ['acceleration', (random) => () => [0, 1, 2].map(() => round(random.between(-2, 2), 3))],
  ['log', (random) => () => `${random.pick(LOG_LINES)} (${random.integer(1, 999)})`],
  ['moisture', createFaultySensor],
];

const SENSOR_FAULTS: [unknown, ...unknown[]] = ['ERR', null, false];

const LOG_LINES: [string, ...string[]] = [
  'Boot',
  '$HOME is 98 % full',
  'Tür "Süd" geöffnet 🚪',
  'line one\nline two\ttabbed \\ done',
  '再起動しました',
  '',
];

function createWalk(random: Random, start: number, step: number): () => number {
  let value = start;
  return () => {
    value = round(value + random.between(-step, step), 1);
    return value;
  };
}

/** Objects with realistic keys, some of which have a meaning in databases. */
function createClimate(random: Random): () => unknown {
  const celsius = createWalk(random, 19, 0.3);
  return () => ({
    celsius: celsius(),
    'air.humidity': round(random.next(), 2),
    $quality: random.pick(['good', 'fair', null]),
    window: { open: random.chance(0.2), position: [random.integer(0, 90), null] },
  });
}

/** A value that often repeats. */
function createBattery(random: Random): () => number {
  let percent = 100;
  return () => {
    if (random.chance(0.1)) percent = percent === 0 ? 100 : percent - 1;
    return percent;
  };
}

/** Numbers, and sometimes an error value of the sensor's driver. */
function createFaultySensor(random: Random): () => unknown {
  return () => (random.chance(0.9) ? random.integer(0, 1023) : random.pick(SENSOR_FAULTS));
}

const round = (value: number, digits: number): number => Number(value.toFixed(digits));

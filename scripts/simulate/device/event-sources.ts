import type { Random } from './random.ts';

/** What a device measures or notices. */
export type EventSource = {
  eventType: string;
  /** The next event's value; undefined where it has none. */
  next(): unknown;
};

/** Two sources for each device, others for its neighbour. */
export const createEventSources = (index: number, random: Random): [EventSource, EventSource] => {
  const { length } = KINDS;
  const toSource = (offset: number): EventSource => {
    const [eventType, create] = KINDS[(2 * index + offset) % length] ?? KINDS[0];
    return { eventType, next: create(random.fork(eventType)) };
  };
  return [toSource(0), toSource(1)];
};

/** For a device without a clock, none of whose values comes twice: nothing else tells them apart. */
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
  ['temp_celcius', (random) => createWalk(random, 21, 0.4)],
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

/** Keys as devices have them, some of which mean something to databases. */
function createClimate(random: Random): () => unknown {
  const celsius = createWalk(random, 19, 0.3);
  return () => ({
    celsius: celsius(),
    'air.humidity': round(random.next(), 2),
    $quality: random.pick(['good', 'fair', null]),
    window: { open: random.chance(0.2), position: [random.integer(0, 90), null] },
  });
}

/** The same value many times over. */
function createBattery(random: Random): () => number {
  let percent = 100;
  return () => {
    if (random.chance(0.1)) percent = percent === 0 ? 100 : percent - 1;
    return percent;
  };
}

/** A number as long as the sensor works, then what its driver says instead. */
function createFaultySensor(random: Random): () => unknown {
  return () => (random.chance(0.9) ? random.integer(0, 1023) : random.pick(SENSOR_FAULTS));
}

const round = (value: number, digits: number): number => Number(value.toFixed(digits));

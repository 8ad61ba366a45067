import fc from 'fast-check';

/** An event, by numbers that a run turns into devices, types and instants of its own. */
export type EventSpec = {
  device: number;
  type: number;
  day: number;
  second: number;
  value: number;
  id: number | undefined;
};

export type Backlog = {
  device: number;
  type: number;
  day: number;
  length: number;
  start: number;
  hasIds: boolean;
  isBackwards: boolean;
};

/** The events of a source to delete; `from` and `seconds` are counted from the first day, undefined for all events. */
export type Part = { device: number; type: number; from: number | undefined; seconds: number };

export type Reading = {
  device: number;
  type: number;
  day: number | undefined;
  order: 'asc' | 'desc';
  limit: number;
};

/** When a service is killed that has writes under way, and whether it deletes their device as well. */
export type Kill = { afterReplies: number; afterMs: number; isErasing: boolean };

export type Operation = { at: number } & (
  | { kind: 'single' | 'batch' | 'race' | 'eraseBeside'; events: EventSpec[] }
  | { kind: 'backlog' | 'backlogRace' | 'eraseBesideBacklog'; backlog: Backlog }
  | ({ kind: 'kill'; events: EventSpec[] } & Kill)
  | ({ kind: 'killBacklog'; backlog: Backlog } & Kill)
  | { kind: 'replay'; part: number }
  | { kind: 'erase'; device: number }
  | { kind: 'erasePart'; part: Part }
  | { kind: 'erasePartBeside'; part: Part; backlog: Backlog }
  | { kind: 'restart' }
  | { kind: 'list' | 'conditional' | 'export' | 'latest' | 'summary'; reading: Reading }
);

// Few of each, so that events meet.
const where = {
  device: fc.integer({ min: 0, max: 1 }),
  type: fc.integer({ min: 0, max: 1 }),
  day: fc.integer({ min: 0, max: 1 }),
};
/** Two services. */
const at = fc.integer({ min: 0, max: 1 });

/** JSON texts, some of which are equal values. */
export const VALUES = [
  '1',
  '1.0',
  '-0',
  '0',
  '"text"',
  'null',
  '[1,{"a":1,"b":2}]',
  '[1,{"b":2,"a":1}]',
  '{"a":1,"b":{"c":[],"d":null}}',
  '{"b":{"d":null,"c":[]},"a":1}',
  '{"$x":1}',
  '21.456789012345',
];

const event: fc.Arbitrary<EventSpec> = fc.record({
  ...where,
  second: fc.integer({ min: 0, max: 20 }),
  value: fc.integer({ min: 0, max: VALUES.length - 1 }),
  id: fc.option(fc.integer({ min: 0, max: 9 }), { nil: undefined, freq: 2 }),
});
const events = fc.array(event, { minLength: 1, maxLength: 12 });

const backlog: fc.Arbitrary<Backlog> = fc.record({
  ...where,
  length: fc.constantFrom(1, 150, 199, 200, 201, 420),
  start: fc.constantFrom(0, 100, 300),
  hasIds: fc.boolean(),
  isBackwards: fc.boolean(),
});

const part: fc.Arbitrary<Part> = fc.record({
  device: where.device,
  type: where.type,
  // Within the events of a second each, and the backlogs; some end on the next day.
  from: fc.option(fc.constantFrom(0, 5, 17, 500, 999, 1_000, 86_400, 86_410, 87_000), {
    nil: undefined,
    freq: 5,
  }),
  seconds: fc.constantFrom(1, 7, 500, 1_000, 2_100, 86_400),
});

const reading: fc.Arbitrary<Reading> = fc.record({
  ...where,
  day: fc.option(where.day, { nil: undefined }),
  order: fc.constantFrom('asc', 'desc'),
  limit: fc.constantFrom(17, 100, 1_000),
});

const kill = {
  afterReplies: fc.integer({ min: 0, max: 5 }),
  afterMs: fc.integer({ min: 0, max: 15 }),
  isErasing: fc.boolean(),
};

const operation: fc.Arbitrary<Operation> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ at, kind: fc.constant('single'), events }) },
  { weight: 3, arbitrary: fc.record({ at, kind: fc.constant('batch'), events }) },
  { weight: 3, arbitrary: fc.record({ at, kind: fc.constant('race'), events }) },
  { weight: 1, arbitrary: fc.record({ at, kind: fc.constant('eraseBeside'), events }) },
  { weight: 3, arbitrary: fc.record({ at, kind: fc.constant('backlog'), backlog }) },
  { weight: 2, arbitrary: fc.record({ at, kind: fc.constant('backlogRace'), backlog }) },
  { weight: 2, arbitrary: fc.record({ at, kind: fc.constant('eraseBesideBacklog'), backlog }) },
  // Each needs a new process.
  { weight: 1, arbitrary: fc.record({ at, kind: fc.constant('kill'), events, ...kill }) },
  { weight: 1, arbitrary: fc.record({ at, kind: fc.constant('killBacklog'), backlog, ...kill }) },
  {
    weight: 2,
    arbitrary: fc.record({ at, kind: fc.constant('replay'), part: fc.nat({ max: 99 }) }),
  },
  { weight: 1, arbitrary: fc.record({ at, kind: fc.constant('erase'), device: where.device }) },
  { weight: 3, arbitrary: fc.record({ at, kind: fc.constant('erasePart'), part }) },
  { weight: 2, arbitrary: fc.record({ at, kind: fc.constant('erasePartBeside'), part, backlog }) },
  { weight: 2, arbitrary: fc.record({ at, kind: fc.constant('restart') }) },
  ...(['list', 'conditional', 'export', 'latest', 'summary'] as const).map((kind) => ({
    weight: 1,
    arbitrary: fc.record({ at, kind: fc.constant(kind), reading }),
  })),
) as fc.Arbitrary<Operation>;

export const operations: fc.Arbitrary<Operation[]> = fc.array(operation, {
  minLength: 4,
  maxLength: 20,
});

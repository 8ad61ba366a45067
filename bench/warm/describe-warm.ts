import type { Section, Table, Target } from '../report/section.ts';
import type { Spread } from '../report/statistics.ts';
import { toSpread, toText } from '../report/statistics.ts';
import type { WarmResult } from './measure-warm.ts';
import type { Kind } from './serve-rounds.ts';

type Row = { name: string; title: string; spread: Spread };

/** What the rounds say. */
export const describeWarm = (results: WarmResult[], pinning: string): Section => ({
  title: 'Warm path: one request through the function',
  notes: [
    `One process for each function, on ${pinning}; rounds one after another, after a warm-up.`,
    'All with the same stand-in for the driver, which answers at once: this is the time between API Gateway’s event and the driver, not that of a request.',
    'Ours writes a line of log and metrics for each request, the others none: without its log it stands there for comparison.',
    'The valid event is of some 120 bytes; the invalid one has a device that is no UUID and an unknown field; GET reads a day of 20 events.',
  ],
  tables: [
    toTable(results, 'valid POST'),
    toTable(results, 'invalid POST'),
    toTable(results, 'GET'),
  ],
  charts: [
    {
      name: 'warm',
      title: 'Warm path: one valid POST',
      unit: 'µs',
      scale: 'linear',
      bars: toRows(results, 'valid POST').map(({ name, title, spread }) => ({
        label: title,
        spread,
        isOurs: name === 'ours',
      })),
    },
  ],
  targets: toTargets(results),
});

const toRows = (results: WarmResult[], kind: Kind): Row[] =>
  results.map(({ contestant: { name, title }, rounds }) => ({
    name,
    title,
    spread: toSpread(rounds[kind]),
  }));

function toTable(results: WarmResult[], kind: Kind): Table {
  const rows = toRows(results, kind);
  const [ours, floor] = ['ours', 'floor'].map(
    (name) => rows.find((row) => row.name === name)?.spread.median ?? Number.NaN,
  );
  return {
    title: `${kind}, microseconds`,
    columns: ['function', 'median', 'quartiles', 'to ours', 'to the floor'],
    rows: rows.map(({ title, spread: { median, low, high } }) => [
      title,
      toText(median),
      `${toText(low)}–${toText(high)}`,
      `${toText(median / (ours ?? Number.NaN))}×`,
      `${toText(median / (floor ?? Number.NaN))}×`,
    ]),
  };
}

function toTargets(results: WarmResult[]): Target[] {
  const medians = new Map(
    toRows(results, 'valid POST').map(({ name, spread }) => [name, spread.median]),
  );
  const ours = medians.get('ours') ?? Number.NaN;
  const faster = (name: string, title: string, atLeast: number): Target => ({
    what: `warm valid POST, times faster than ${title}`,
    got: (medians.get(name) ?? Number.NaN) / ours,
    atLeast,
  });
  return [
    {
      what: 'warm valid POST, to the floor’s',
      got: ours / (medians.get('floor') ?? Number.NaN),
      atMost: 7,
    },
    faster('openapi-backend-whole', 'openapi-backend with our contract', 3.5),
    faster('openapi-backend', 'openapi-backend with two operations', 3.5),
    faster('hono', 'Hono + zod', 8),
    faster('express', 'Express + validator', 12),
    faster('powertools', 'Powertools + zod', 12),
  ];
}

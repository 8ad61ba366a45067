import type { Section, Table, Target } from '../report/section.ts';
import { toRatio, toSpread, toText } from '../report/statistics.ts';
import type { Kind } from './order.ts';
import type { WarmResult } from './warm-result.ts';

/** Describes the rounds of warm requests. */
export const describeWarm = (results: WarmResult[], pinning: string): Section => ({
  title: 'Warm path: one request through the function',
  notes: [
    `One process per function, on ${pinning}; after a warm-up, the functions take turns.`,
    'A stand-in replaces the driver and responds at once: the figures are the time between API Gateway’s event and the driver, not that of a whole request.',
    'Ours writes a line of log and metrics for each request; the others do not. Ours without its log is included for comparison.',
    'The valid event has about 120 bytes; the invalid one has a device that is no UUID, and an unknown field. GET reads a day of 20 events.',
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
      bars: results.map(({ contestant: { name, title }, rounds }) => ({
        label: title,
        spread: toSpread(rounds['valid POST']),
        isOurs: name === 'ours',
      })),
    },
  ],
  targets: toTargets(results),
});

const findRounds = (results: WarmResult[], name: string, kind: Kind): number[] =>
  results.find(({ contestant }) => contestant.name === name)?.rounds[kind] ?? [];

function toTable(results: WarmResult[], kind: Kind): Table {
  const ours = findRounds(results, 'ours', kind);
  const floor = findRounds(results, 'floor', kind);
  return {
    title: `${kind}, microseconds`,
    columns: ['function', 'median', 'quartiles', 'relative to ours', 'relative to the floor'],
    rows: results.map(({ contestant: { title }, rounds: { [kind]: rounds } }) => {
      const { median, low, high } = toSpread(rounds);
      return [
        title,
        toText(median),
        `${toText(low)}–${toText(high)}`,
        `${toText(toRatio(rounds, ours))}×`,
        `${toText(toRatio(rounds, floor))}×`,
      ];
    }),
  };
}

function toTargets(results: WarmResult[]): Target[] {
  const of = (name: string) => findRounds(results, name, 'valid POST');
  const faster = (name: string, title: string, atLeast: number): Target => ({
    what: `warm valid POST, speed as a multiple of ${title}`,
    got: toRatio(of(name), of('ours')),
    atLeast,
  });
  return [
    {
      what: 'warm valid POST, relative to the floor',
      got: toRatio(of('ours'), of('floor')),
      atMost: 7,
    },
    faster('openapi-backend-whole', 'openapi-backend with our contract', 3.5),
    faster('openapi-backend', 'openapi-backend with two operations', 3.5),
    faster('hono', 'Hono + zod', 8),
    faster('express', 'Express + validator', 12),
    faster('powertools', 'Powertools + zod', 12),
  ];
}

import type { Section, Table, Target } from '../report/section.ts';
import { toRatio, toSpread, toText } from '../report/statistics.ts';
import type { Kind } from './order.ts';
import type { WarmResult } from './warm-result.ts';

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
    columns: ['function', 'median', 'quartiles', 'to ours', 'to the floor'],
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
    what: `warm valid POST, times faster than ${title}`,
    got: toRatio(of(name), of('ours')),
    atLeast,
  });
  return [
    { what: 'warm valid POST, to the floor’s', got: toRatio(of('ours'), of('floor')), atMost: 7 },
    faster('openapi-backend-whole', 'openapi-backend with our contract', 3.5),
    faster('openapi-backend', 'openapi-backend with two operations', 3.5),
    faster('hono', 'Hono + zod', 8),
    faster('express', 'Express + validator', 12),
    faster('powertools', 'Powertools + zod', 12),
  ];
}

import { tiers, toConnectionBudget } from '../../cdktf/environment/connection-budget.ts';
import type { Load } from './estimate-cost.ts';
import { estimateCost } from './estimate-cost.ts';

const LOADS: Load[] = [
  { events: 1e6, batch: 1 },
  { events: 10e6, batch: 1 },
  { events: 100e6, batch: 1 },
  { events: 100e6, batch: 100 },
  { events: 1e9, batch: 1 },
  { events: 1e9, batch: 100 },
];

/** The computed tables of docs/operations.md, by the name in their markers. */
export const tables = {
  budget: (): string =>
    toTable(
      [
        'tier',
        'connections per node',
        'available to functions',
        'others',
        'per router process',
        'maxConcurrency',
      ],
      tiers
        .map(toConnectionBudget)
        .map((budget) => [
          budget.tier,
          toWords(budget.connections),
          toWords(budget.usable),
          toWords(budget.ofOthers),
          toWords(budget.ofRouterProcess),
          toWords(budget.processes),
        ]),
    ),
  cost: (): string =>
    toTable(
      [
        'events per month',
        'events per request',
        'API Gateway',
        'Lambda',
        'logs, traces',
        'cluster',
        'other',
        'total',
      ],
      LOADS.map((load) => {
        const cost = estimateCost(load);
        const { gateway, functions, logs, cluster, rest, total } = cost;
        const dollars = [gateway, functions, logs, cluster, rest, total].map(toWords);
        return [`${toWords(load.events / 1e6)} million`, toWords(load.batch), ...dollars];
      }),
    ),
};

/** Replaces the computed tables in the page. */
export const withTables = (page: string): string =>
  Object.entries(tables).reduce(
    (text, [name, toText]) =>
      text.replace(
        new RegExp(`(<!-- ${name}\\b[^>]*-->\n)[^]*?(<!-- /${name} -->)`),
        (_, start, end) => `${start}${toText()}${end}`,
      ),
    page,
  );

const toWords = (value: number): string => Math.round(value).toLocaleString('en-US');

const toTable = (head: string[], rows: string[][]): string =>
  [head, ['---', ...head.slice(1).map(() => '---:')], ...rows]
    .map((cells) => `| ${cells.join(' | ')} |\n`)
    .join('');

import { readFileSync } from 'node:fs';
import { tiers, toConnectionBudget } from '../../cdktf/environment/connection-budget.ts';
import { toFaultTable } from '../faults/fault-table.ts';
import { replaceMarked } from '../shared/replace-marked.ts';
import { toMarkdownTable } from '../shared/to-markdown-table.ts';
import type { Load } from './estimate-cost.ts';
import { estimateCost } from './estimate-cost.ts';
import { GATEWAY_SOURCE, GATEWAY_STEPS, PRICES } from './prices.ts';

/** The last run of `npm run faults`. */
export const FAULTS_FILE = 'docs/faults.json';

const LOADS: Load[] = [
  { events: 1e6, batch: 1 },
  { events: 10e6, batch: 1 },
  { events: 100e6, batch: 1 },
  { events: 100e6, batch: 100 },
  { events: 1e9, batch: 1 },
  { events: 1e9, batch: 100 },
];

/** The tables of docs/operations.md, computed or measured, by the name in their markers. */
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
      tiers.map(toConnectionBudget).map((budget) => {
        const { connections, usable, ofOthers, ofRouterProcess, processes } = budget;
        const numbers = [connections, usable, ofOthers, ofRouterProcess, processes];
        return [budget.tier, ...numbers.map(toWords)];
      }),
    ),
  cost: (): string =>
    toTable(
      [
        'events per month',
        'events per request',
        'API Gateway',
        'firewall',
        'Lambda',
        'logs, traces',
        'cluster',
        'private link',
        'other',
        'total',
      ],
      LOADS.map((load) => {
        const { gateway, firewall, functions, logs, cluster, link, rest, total } =
          estimateCost(load);
        const parts = [gateway, firewall, functions, logs, cluster, link, rest, total];
        const dollars = parts.map(toWords);
        return [`${toWords(load.events / 1e6)} million`, toWords(load.batch), ...dollars];
      }),
    ),
  prices: (): string => {
    const [first, ...steps] = GATEWAY_STEPS;
    const further = steps.map(([, price]) => price).join(', ');
    const gateway = `million requests of API Gateway; further ones ${further}`;
    const rows = Object.values(PRICES).map(({ dollars, of, source }) => [
      String(Number(dollars.toPrecision(3))),
      of,
      source,
    ]);
    const head = ['US dollars', 'for a', 'source'];
    const all = [head, [String(first[1]), gateway, GATEWAY_SOURCE], ...rows];
    return `${toMarkdownTable(all, ['r', '', ''])}\n`;
  },
  faults: (): string => toFaultTable(JSON.parse(readFileSync(FAULTS_FILE, 'utf8'))),
};

/** Replaces the computed tables in the page. */
export const withTables = (page: string): string =>
  Object.entries(tables).reduce(
    (text, [name, toText]) => replaceMarked(text, name, toText()),
    page,
  );

const toWords = (value: number): string => Math.round(value).toLocaleString('en-US');

/** The first column has words, the others numbers. */
const toTable = (head: string[], rows: string[][]): string =>
  `${toMarkdownTable([head, ...rows], ['', ...head.slice(1).map(() => 'r')])}\n`;

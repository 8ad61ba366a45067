import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  otherFunctions,
  ROUTER_POOL,
  tiers,
  toConnectionBudget,
} from '../../cdktf/environment/connection-budget.ts';
import { environments } from '../../cdktf/environment/environments.ts';
import { validateEnvironments } from '../../cdktf/environment/validate-environments.ts';
import type { FaultyLink } from '../../scripts/faults/faulty-link.ts';
import { createFaultyLink } from '../../scripts/faults/faulty-link.ts';
import { connect } from '../../src/database/connect.ts';
import { collectionOf } from '../../src/events/bucket.ts';
import { createEventStore } from '../../src/events/event-store.ts';
import { connectToMigrate } from '../../src/migration/migrate.ts';
import { environmentOf } from '../cdktf/synth.ts';
import { useDatabase } from '../harness/database.ts';

const { uri } = useDatabase();
const KEY = { deviceID: '8f188304-e7b3-4a16-a243-b9470468478a', eventType: 'budget' };

describe('the connection budget', () => {
  it.each([
    ['the router', connect, ROUTER_POOL],
    ['the migration', connectToMigrate, otherFunctions.migration.pool],
  ])('counts with the pool that %s has', async (_, connectTo, pool) => {
    const client = connectTo(uri);

    expect(client.options.maxPoolSize).toBe(pool);
    await client.close();
  });

  it.each(tiers)('never spends more than an %s has, with two versions running', (tier) => {
    const { connections, processes, ofRouterProcess, ofOthers } = toConnectionBudget(tier);
    const spent = (count: number) => 2 * (count * ofRouterProcess + ofOthers);

    expect(spent(processes)).toBeLessThanOrEqual(connections * 0.8);
    expect(spent(processes + 1)).toBeGreaterThan(connections * 0.8);
  });

  it.each(environments.map(({ name }) => name))('has room for %s', (name) => {
    const { cluster, functions } = environmentOf(name);

    expect(functions.maxConcurrency).toBeLessThanOrEqual(
      toConnectionBudget(cluster.tier).processes,
    );
  });

  it.each(tiers)('refuses one process more than an %s allows, and takes the last', (tier) => {
    const { cluster, functions, ...rest } = environmentOf('development');
    const { processes } = toConnectionBudget(tier);
    const withProcesses = (maxConcurrency: number) => [
      { ...rest, cluster: { ...cluster, tier }, functions: { ...functions, maxConcurrency } },
    ];

    expect(validateEnvironments(withProcesses(processes))).toHaveLength(1);
    expect(() => validateEnvironments(withProcesses(processes + 1))).toThrow(
      `development: functions.maxConcurrency must be from 1 to ${processes}, or`,
    );
  });
});

describe('a process of the router', () => {
  let link: FaultyLink;
  beforeAll(async () => {
    link = await createFaultyLink(uri);
  });
  afterAll(() => link.close());

  it('has no more connections than the budget counts, however much it is asked', {
    tags: 'long',
  }, async () => {
    const client = connect(link.uri);
    const events = createEventStore(collectionOf(client));
    await link.set('latency');
    let most = 0;
    const watch = setInterval(() => {
      most = Math.max(most, link.count());
    }, 5);

    await Promise.all(
      Array.from({ length: 12 }, (_, second) =>
        events.add({ ...KEY, date: new Date(second * 1000).toISOString(), value: second }),
      ),
    );
    clearInterval(watch);
    await client.close();

    expect(most).toBe(toConnectionBudget('M10').ofRouterProcess);
  });
});

import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { send } from '../dashboard/dashboard-page.ts';
import { API_KEY, useLocalService } from '../harness/local-service.ts';
import type { DataSource, InfinityQuery } from './infinity.ts';
import { findEmptyColumns, readProvisioning, toRequest } from './infinity.ts';

const EXAMPLE = 'examples/grafana';
const PLUGIN = 'yesoreyeram-infinity-datasource';
const EVENT_TYPE = 'temp:indoor/1';
const START = Date.now() - 3_600_000;

type Target = Partial<InfinityQuery> & { datasource: { uid: string }; panelId?: number };
type Panel = {
  id: number;
  title: string;
  datasource: { type: string; uid: string };
  gridPos: { x: number; y: number; w: number; h: number };
  targets: Target[];
  options: { reduceOptions?: { fields: string } };
};
type Variable = { name: string; type: string; query: string | { infinityQuery: InfinityQuery } };
type Dashboard = { uid: string; title: string; panels: Panel[]; templating: { list: Variable[] } };

const dashboard: Dashboard = JSON.parse(readFileSync(`${EXAMPLE}/dashboards/device.json`, 'utf8'));
const variableQueries = dashboard.templating.list.flatMap(({ query }) =>
  typeof query === 'string' ? [] : [query.infinityQuery],
);
const panelQueries = dashboard.panels.flatMap(({ targets }) =>
  targets.filter((target) => target.panelId === undefined),
) as InfinityQuery[];
const queries = [...variableQueries, ...panelQueries];

const service = useLocalService();
const deviceID = randomUUID();

/** The values of the variables: those that the dashboard defines, and the range. */
const toVariables = (): Record<string, string> => {
  const chosen: Record<string, string> = {
    device: deviceID,
    eventType: EVENT_TYPE,
    interval: 'PT5M',
  };
  const own = dashboard.templating.list.map(({ name }) => [name, chosen[name] ?? '']);
  const [from, to] = [START - 60_000, Date.now()].map((ms) => new Date(ms).toISOString());
  return { ...Object.fromEntries(own), '__from:date:iso': from, '__to:date:iso': to };
};

const readDataSource = (): DataSource => {
  const environment = { IOT_EVENTS_URL: service.url(), IOT_EVENTS_KEY: API_KEY };
  const path = `${EXAMPLE}/provisioning/datasources/iot-events.yaml`;
  const { datasources } = readProvisioning(path, environment) as { datasources: DataSource[] };
  return datasources[0] as DataSource;
};

const ask = async (query: InfinityQuery): Promise<Record<string, unknown>[]> => {
  const response = await fetch(toRequest(readDataSource(), query, toVariables()));
  if (!response.ok) throw new Error(`${query.url}: ${await response.text()}`);
  const body = (await response.json()) as Record<string, Record<string, unknown>[]>;
  return body[query.root_selector] ?? [];
};

beforeAll(() => {
  const events = [3, 4, 8, 5].map((value, minute) => ({
    eventType: EVENT_TYPE,
    date: new Date(START + minute * 60_000),
    value,
  }));
  return send(service.url(), deviceID, [
    ...events,
    { eventType: 'door', date: new Date(), value: 'open' },
    { eventType: 'note', date: new Date(START), value: 'hello' },
  ]);
});

describe('the Grafana dashboard', () => {
  it('has queries that the plugin accepts', () => {
    expect(queries.length).toBeGreaterThanOrEqual(4);
    for (const query of queries) {
      const known = { type: 'json', source: 'url', parser: 'backend', format: 'table' };
      expect(query).toMatchObject({ ...known, url_options: { method: 'GET' } });
      expect(query.refId).toBeTruthy();
      for (const column of query.columns)
        expect(Object.keys(column)).toEqual(['selector', 'text', 'type']);
    }
  });

  it('uses the provisioned data source and its key', () => {
    const source = readDataSource();
    const own = [...dashboard.panels, ...dashboard.panels.flatMap(({ targets }) => targets)]
      .map(({ datasource }) => datasource.uid)
      .filter((uid) => uid !== '-- Dashboard --');

    expect(source.type).toBe(PLUGIN);
    expect(new Set(own)).toEqual(new Set([source.uid]));
    expect(source.jsonData).toMatchObject({ auth_method: 'apiKey', apiKeyType: 'header' });
    expect(source.jsonData.allowedHosts).toEqual([source.url]);
  });

  it.each(queries.map((query) => [`${query.refId} of ${query.url}`, query] as const))(
    'finds each of its columns in the response: %s',
    async (_, query) => {
      const rows = await ask(query);

      expect(rows.length).toBeGreaterThan(0);
      // A value may be any JSON; in these events it is a number or text.
      const texts = rows.map((row) => (query.url === '/events/latest' ? toTexts(row) : row));
      expect(findEmptyColumns(query, texts)).toEqual([]);
    },
  );

  it('requests the chosen range and interval', async () => {
    const [events, summary] = panelQueries;

    expect((await ask(events as InfinityQuery)).map(({ value }) => value)).toEqual([5, 8, 4, 3]);
    const rows = await ask(summary as InfinityQuery);
    expect(rows.reduce((sum, { count }) => sum + Number(count), 0)).toBe(4);
    expect(Math.max(...rows.map(({ max }) => Number(max)))).toBe(8);
  });

  it("offers the device's event types", async () => {
    const [types] = variableQueries;

    const offered = (await ask(types as InfinityQuery)).map((row) => row.eventType);

    expect(offered).toEqual(['door', 'note', EVENT_TYPE]);
  });

  it('uses only its own variables in titles', () => {
    const names = dashboard.panels.flatMap(({ title }) => [...title.matchAll(/\$\{?(\w+)/g)]);

    expect(names.length).toBeGreaterThan(0);
    for (const [, name] of names) expect(Object.keys(toVariables())).toContain(name);
  });

  it('takes its statistics from columns of another panel', () => {
    const panels = new Map(dashboard.panels.map((panel) => [panel.id, panel]));
    const stats = dashboard.panels.filter(({ targets }) => targets[0]?.panelId !== undefined);

    expect(stats).toHaveLength(4);
    for (const { targets, options } of stats) {
      const columns = panels.get(targets[0]?.panelId ?? 0)?.targets[0]?.columns ?? [];
      const pattern = new RegExp(String(options.reduceOptions?.fields).slice(1, -1));
      expect(columns.filter(({ text }) => pattern.test(text))).toHaveLength(1);
    }
    expect(panels.size).toBe(dashboard.panels.length);
  });

  it("is mounted where the provider looks, by the README's command", () => {
    const path = `${EXAMPLE}/provisioning/dashboards/iot-events.yaml`;
    const { providers } = readProvisioning(path, {}) as {
      providers: { type: string; options: { path: string } }[];
    };
    const readme = readFileSync(`${EXAMPLE}/README.md`, 'utf8');

    expect(providers).toMatchObject([{ type: 'file' }]);
    expect(readme).toContain(`$PWD/dashboards:${providers[0]?.options.path}:ro`);
    expect(readme).toContain(`GF_PLUGINS_PREINSTALL=${PLUGIN}`);
  });
});

/** Converts a value as the plugin does for a column of type string. */
function toTexts(row: Record<string, unknown>): Record<string, unknown> {
  return { ...row, value: String(row.value) };
}

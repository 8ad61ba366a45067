import { readFileSync } from 'node:fs';
import { load } from 'js-yaml';

/** A query as the plugin's backend reads it (pkg/models/query.go). */
export type InfinityQuery = {
  refId: string;
  type: string;
  source: string;
  parser: string;
  format: string;
  url: string;
  root_selector: string;
  url_options: { method: string; data: string; params: { key: string; value: string }[] };
  columns: { selector: string; text: string; type: string }[];
};

/** What a data source may have in its provisioning, and LoadSettings reads (pkg/models/settings.go). */
export type DataSource = {
  uid: string;
  type: string;
  url: string;
  jsonData: { auth_method: string; apiKeyType: string; apiKeyKey: string; allowedHosts: string[] };
  secureJsonData: { apiKeyValue: string };
};

/** A provisioning file, with the environment in it as Grafana puts it there. */
export const readProvisioning = (path: string, environment: Record<string, string>): unknown =>
  load(
    readFileSync(path, 'utf8').replace(/\$(?:\{(\w+)\}|(\w+))/g, (_, braced, bare) => {
      const value = environment[braced ?? bare];
      if (value === undefined) throw new Error(`${path} wants ${braced ?? bare}`);
      return value;
    }),
  );

/**
 * A text with Grafana's variables in it: dashboard variables by name, the range as
 * `${__from:date:iso}`. One that is not known stays as it is, in Grafana too; here it is an error.
 */
export const interpolate = (text: string, variables: Record<string, string>): string =>
  text.replace(/\$\{([^}]+)\}|\$(\w+)/g, (whole, braced, bare) => {
    const value = variables[braced ?? bare];
    if (value === undefined) throw new Error(`${whole} is no variable`);
    return value;
  });

/** The request that the plugin makes of a query (pkg/infinity/request.go, headers.go). */
export const toRequest = (
  { url, jsonData, secureJsonData }: DataSource,
  query: InfinityQuery,
  variables: Record<string, string>,
): Request => {
  const path = interpolate(query.url, variables);
  const target = new URL(path.startsWith(url) ? path : url + path);
  for (const { key, value } of query.url_options.params)
    target.searchParams.append(key, interpolate(value, variables));
  return new Request(target, {
    method: query.url_options.method,
    headers: {
      Accept: 'application/json;q=0.9,text/plain',
      [jsonData.apiKeyKey]: secureJsonData.apiKeyValue,
    },
  });
};

const TYPES: Record<string, (value: unknown) => boolean> = {
  number: (value) => typeof value === 'number',
  string: (value) => typeof value === 'string' && value !== '',
  timestamp: (value) => typeof value === 'string' && !Number.isNaN(Date.parse(value)),
};

/** The columns of a reply that pick nothing, or what is not of their type, in some row. */
export const findEmptyColumns = (query: InfinityQuery, rows: Record<string, unknown>[]): string[] =>
  query.columns
    .filter(({ selector, type }) => !rows.every((row) => TYPES[type]?.(row[selector])))
    .map(({ selector, type }) => `${query.url}: ${selector} is no ${type}`);

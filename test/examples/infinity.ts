import { readFileSync } from 'node:fs';
import { load } from 'js-yaml';

/** A query of the Infinity plugin (pkg/models/query.go). */
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

/** A provisioned data source, as LoadSettings reads it (pkg/models/settings.go). */
export type DataSource = {
  uid: string;
  type: string;
  url: string;
  jsonData: { auth_method: string; apiKeyType: string; apiKeyKey: string; allowedHosts: string[] };
  secureJsonData: { apiKeyValue: string };
};

/** Reads a provisioning file, and replaces environment variables as Grafana does. */
export const readProvisioning = (path: string, environment: Record<string, string>): unknown =>
  load(
    readFileSync(path, 'utf8').replace(/\$(?:\{(\w+)\}|(\w+))/g, (_, braced, bare) => {
      const value = environment[braced ?? bare];
      if (value === undefined) throw new Error(`${path} needs the variable ${braced ?? bare}`);
      return value;
    }),
  );

/**
 * Replaces Grafana's variables in a text: dashboard variables by name, the range as `${__from:date:iso}`.
 * Grafana leaves unknown variables unchanged; here they are an error.
 */
export const interpolate = (text: string, variables: Record<string, string>): string =>
  text.replace(/\$\{([^}]+)\}|\$(\w+)/g, (whole, braced, bare) => {
    const value = variables[braced ?? bare];
    if (value === undefined) throw new Error(`${whole} is not a variable`);
    return value;
  });

/** Builds the request that the plugin sends for a query (pkg/infinity/request.go, headers.go). */
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

/** Finds the columns that are missing or of another type in some row of a response. */
export const findEmptyColumns = (query: InfinityQuery, rows: Record<string, unknown>[]): string[] =>
  query.columns
    .filter(({ selector, type }) => !rows.every((row) => TYPES[type]?.(row[selector])))
    .map(({ selector, type }) => `${query.url}: ${selector} is not a ${type}`);

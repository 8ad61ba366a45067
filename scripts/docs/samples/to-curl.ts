import type { ExampleRequest } from '../../../openapi/example-request.ts';

export const toCurl = ({ method, path, query, body, needsKey }: ExampleRequest): string => {
  const parameters = Object.entries(query).map(([name, value]) => `${name}=${value}`);
  const options = [
    // Without --get, curl would send data in a POST.
    ...(parameters.length > 0 ? ['--get'] : []),
    ...(method === 'GET' || method === 'POST' ? [] : [`--request ${method}`]),
  ];
  return `${[
    ['curl --fail-with-body', ...options, `"$BASE_URL${path}"`].join(' '),
    ...(needsKey ? ['--header "x-api-key: $API_KEY"'] : []),
    ...parameters.map((parameter) => `--data-urlencode ${quote(parameter)}`),
    ...(body === undefined
      ? []
      : ["--header 'content-type: application/json'", `--data ${quote(toText(body))}`]),
  ].join(' \\\n  ')}\n`;
};

/** JSON; a body that is one list has one item per line. */
function toText(body: unknown): string {
  const [[name, list] = [], ...others] = Object.entries(body as object);
  if (!Array.isArray(list) || others.length > 0) return JSON.stringify(body);
  const lines = list.map((item) => `    ${JSON.stringify(item)}`).join(',\n');
  return `{"${name}": [\n${lines}\n  ]}`;
}

const quote = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;

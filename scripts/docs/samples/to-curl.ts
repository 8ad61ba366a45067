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

/** JSON; an array has one item per line. */
const toText = (body: unknown): string =>
  Array.isArray(body)
    ? `[\n${body.map((item) => `    ${JSON.stringify(item)}`).join(',\n')}\n  ]`
    : JSON.stringify(body);

const quote = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;

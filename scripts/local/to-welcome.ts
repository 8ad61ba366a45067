import { styleText } from 'node:util';
import { contract } from '../../openapi/contract.ts';
import { listOperations } from '../../openapi/list-operations.ts';
import { toRows } from '../command-line/read-command.ts';
import type { ServiceFacts } from './service-facts.ts';

/** What `npm start` prints once the service runs: one fact a line, the routes, and what to try. */
export const toWelcome = (facts: ServiceFacts, hasColours: boolean): string => {
  const { url, apiKey } = facts;
  const bold = (text: string): string => (hasColours ? styleText('bold', text) : text);
  return `
${bold(`The API is at ${url}`)}
${toFactLines(facts)}

${toRoutes()}

${bold('Try:')}

  curl ${url}/events -H 'content-type: application/json' -H 'x-api-key: ${apiKey}' \\
    -d '{"date":"'$(date -u +%FT%TZ)'","deviceID":"8f188304-e7b3-4a16-a243-b9470468478a","eventType":"temp_celsius","value":3}'

  curl "${url}/events?deviceID=8f188304-e7b3-4a16-a243-b9470468478a&eventType=temp_celsius&date=$(date -u +%F)" -H 'x-api-key: ${apiKey}'

Ctrl-C stops it; the data stays.`;
};

/** The facts that do not depend on the contract. */
export const toFactLines = ({ origin, apiKey, engine, directory, log }: ServiceFacts): string =>
  toRows([
    ['key', apiKey],
    ['docs', `${origin}/docs`],
    ['dashboard', `${origin}/dashboard`],
    ['database', engine],
    ['data', directory],
    ['log', log],
  ]);

const toRoutes = (): string =>
  toRows(
    listOperations(contract).map(({ method, path, operation }) => [
      `${method.toUpperCase()} ${path}`,
      operation.summary ?? '',
    ]),
  );

import type { ExampleRequest } from '../../../openapi/example-request.ts';
import { toCText } from './to-c-text.ts';

/** The settings of a program, which `cc -D…` can override. The key is that of `npm start`. */
export const toCSettings = ({ server, needsKey }: ExampleRequest): string =>
  [
    '#ifndef BASE_URL',
    `#define BASE_URL ${toCText(server)}`,
    ...(needsKey ? ['#define API_KEY "local-development-key"'] : []),
    '#endif',
  ].join('\n');

/** The settings of a sketch, with placeholders: a board cannot reach the local gateway. */
export const toArduinoSettings = ({ needsKey }: ExampleRequest): string =>
  [
    '#define WIFI_NAME "…"',
    '#define WIFI_PASSWORD "…"',
    '#define BASE_URL "https://….execute-api.eu-west-1.amazonaws.com/development"',
    ...(needsKey ? ['#define API_KEY "…"'] : []),
    '// The root that signed the certificate of BASE_URL; for AWS, Amazon Root CA 1.',
    '#define ROOT_CA "-----BEGIN CERTIFICATE-----\\n…\\n-----END CERTIFICATE-----\\n"',
  ].join('\n');

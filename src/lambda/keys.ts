import { toNamedUri } from '../database/to-named-uri.ts';
import type { EnvironmentVariables } from '../names/environment-variables.ts';
import { createKeysHandler } from './keys-handler.ts';
import { writeLine } from './write-line.ts';

// The image's third entry point. `npm run keys` invokes it with the operator's permissions.
const { MONGODB_URI }: EnvironmentVariables = process.env;

export const handler = createKeysHandler(toNamedUri(MONGODB_URI), writeLine);

import { toNamedUri } from '../database/to-named-uri.ts';
import type { EnvironmentVariables } from '../names/environment-variables.ts';
import { createMigrationHandler } from './migration-handler.ts';

// The image's second entry point; api.ts is the first.
const env: EnvironmentVariables = process.env;

export const handler = createMigrationHandler(toNamedUri(env.MONGODB_URI), env);

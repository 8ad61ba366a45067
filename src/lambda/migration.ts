import type { EnvironmentVariables } from '../names/environment-variables.ts';
import { createMigrationHandler } from './migration-handler.ts';

// The image's second entry point; api.ts is the first.
const env: EnvironmentVariables = process.env;
if (!env.MONGODB_URI)
  throw new Error('MONGODB_URI is not set: it is the connection string of the cluster');

export const handler = createMigrationHandler(env.MONGODB_URI, env);

import { createMigrationLambda } from './create-migration-lambda.ts';

// biome-ignore lint/style/noProcessEnv: an entry point of the image, as lambda.ts
const { env } = process;
if (!env.MONGODB_URI)
  throw new Error('MONGODB_URI is not set: it is the connection string of the cluster');

export const handler = createMigrationLambda(env.MONGODB_URI, env);

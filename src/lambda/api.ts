import { connect } from '../database/connect.ts';
import { toNamedUri } from '../database/to-named-uri.ts';
import type { EnvironmentVariables } from '../names/environment-variables.ts';
import { createApiHandlers } from './api-handler.ts';
import { toStreamEntry } from './stream-entry.ts';

const variables: EnvironmentVariables = process.env;
const {
  MONGODB_URI,
  CORS_ORIGINS,
  RETENTION_DAYS,
  LATE_DAYS,
  NOT_BEFORE,
  API_KEYS,
  PLAIN_KEY_HASH,
  STREAM_SLOTS,
} = variables;
const { AWS_LAMBDA_FUNCTION_NAME } = process.env;

// Lambda wraps the lines of the console, and CloudWatch would find no metrics in them.
const write = (line: string): void => void process.stdout.write(`${line}\n`);

const handlers = createApiHandlers(connect(toNamedUri(MONGODB_URI)), {
  log: write,
  audit: write,
  ...(AWS_LAMBDA_FUNCTION_NAME && { service: AWS_LAMBDA_FUNCTION_NAME }),
  ...(CORS_ORIGINS && { corsOrigins: CORS_ORIGINS.split(',') }),
  ...(RETENTION_DAYS && { retentionDays: Number(RETENTION_DAYS) }),
  ...(LATE_DAYS && { lateDays: Number(LATE_DAYS) }),
  ...(NOT_BEFORE && { notBefore: NOT_BEFORE }),
  ...(API_KEYS === 'scoped' && { keys: API_KEYS }),
  ...(STREAM_SLOTS && { streamSlots: Number(STREAM_SLOTS) }),
  ...(PLAIN_KEY_HASH && { plainKeyHash: PLAIN_KEY_HASH }),
});

export const { handler } = handlers;

/** The entry of the functions that stream. */
export const stream = toStreamEntry(handlers.stream);

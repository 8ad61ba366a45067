import { connect } from '../database/connect.ts';
import { toNamedUri } from '../database/to-named-uri.ts';
import type { EnvironmentVariables } from '../names/environment-variables.ts';
import { createApiHandlers } from './api-handler.ts';
import { toStreamEntry } from './stream-entry.ts';
import { writeLine } from './write-line.ts';

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
  EVENT_TYPES,
  BUILD,
} = variables;
const { AWS_LAMBDA_FUNCTION_NAME } = process.env;

const handlers = createApiHandlers(connect(toNamedUri(MONGODB_URI)), {
  log: writeLine,
  audit: writeLine,
  ...(AWS_LAMBDA_FUNCTION_NAME && { service: AWS_LAMBDA_FUNCTION_NAME }),
  ...(CORS_ORIGINS && { corsOrigins: CORS_ORIGINS.split(',') }),
  ...(RETENTION_DAYS && { retentionDays: Number(RETENTION_DAYS) }),
  ...(LATE_DAYS && { lateDays: Number(LATE_DAYS) }),
  ...(NOT_BEFORE && { notBefore: NOT_BEFORE }),
  ...(API_KEYS === 'scoped' && { keys: API_KEYS }),
  ...(STREAM_SLOTS && { streamSlots: Number(STREAM_SLOTS) }),
  ...(EVENT_TYPES && { eventTypes: JSON.parse(EVENT_TYPES) }),
  ...(BUILD && { build: BUILD }),
  ...(PLAIN_KEY_HASH && { plainKeyHash: PLAIN_KEY_HASH }),
});

export const { handler } = handlers;

/** The entry of the functions that stream. */
export const stream = toStreamEntry(handlers.stream);

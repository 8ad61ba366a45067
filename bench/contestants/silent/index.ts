import { connect } from '../../../src/database/connect.ts';
import { createApiHandler } from '../../../src/lambda/api-handler.ts';

/** Ours, but for the line of log and metrics that it writes of each request, and no other contestant does. */
export const handler = createApiHandler(connect(process.env.MONGODB_URI ?? ''));

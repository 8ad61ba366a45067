import { connect } from '../../../src/database/connect.ts';
import { createApiHandler } from '../../../src/lambda/api-handler.ts';

/** Ours without the line of log and metrics that it writes for each request, and other contestants do not. */
export const handler = createApiHandler(connect(process.env.MONGODB_URI ?? ''));

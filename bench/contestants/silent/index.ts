import { createLambda } from '../../../src/create-lambda.ts';
import { connect } from '../../../src/database.ts';

/** Ours, but for the line of log and metrics that it writes of each request, and no other contestant does. */
export const handler = createLambda(connect(process.env.MONGODB_URI ?? ''));

import { contract } from '../contract.ts';
import { createHandler } from '../openapi-backend/handler.ts';

/** As in openapi-backend's examples for AWS CDK: "recommended for optimizing cold start". */
export const handler = createHandler(contract, { quick: true });

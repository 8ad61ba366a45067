import { createHandler } from './create-handler.ts';

export const handler = createHandler({});

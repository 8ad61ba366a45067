import { contract } from '../contract.ts';
import { createHandler } from './create-handler.ts';

export const handler = createHandler(contract);

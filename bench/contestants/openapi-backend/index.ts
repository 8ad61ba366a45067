import { contract } from '../contract.ts';
import { createHandler } from './handler.ts';

export const handler = createHandler(contract);

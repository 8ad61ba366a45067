import { makeClient } from './make-client.ts';

makeClient('clients/typescript');
console.log('clients/typescript/dist');

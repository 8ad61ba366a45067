import { buildClient } from './client/build-client.ts';

buildClient('clients/typescript');
console.log('clients/typescript/dist');

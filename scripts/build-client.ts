import { fileURLToPath } from 'node:url';
import { buildClient } from './client/build-client.ts';
import { commands } from './command-line/commands.ts';
import { readCommand } from './command-line/read-command.ts';

readCommand('build:client', commands['build:client']);
// npm also runs this in the client's folder, before it packs or links it.
await buildClient(fileURLToPath(new URL('../clients/typescript', import.meta.url)));
console.log('clients/typescript/dist');

import { buildClient } from './client/build-client.ts';
import { commands } from './command-line/commands.ts';
import { readCommand } from './command-line/read-command.ts';

readCommand('build:client', commands['build:client']);
buildClient('clients/typescript');
console.log('clients/typescript/dist');

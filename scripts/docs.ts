import { join } from 'node:path';
import { commands } from './command-line/commands.ts';
import { readCommand } from './command-line/read-command.ts';
import { buildDocs } from './docs/build-docs.ts';
import { buildDashboard } from './local/pages/build-dashboard.ts';

readCommand('docs', commands.docs);
console.log(`Docs: ${join(await buildDocs(), 'index.html')}`);
await buildDashboard();
console.log('Dashboard: dist/dashboard/index.html');

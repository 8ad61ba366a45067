import { readFileSync, writeFileSync } from 'node:fs';
import { commands } from '../command-line/commands.ts';
import { readCommand } from '../command-line/read-command.ts';
import { replaceMarked } from '../shared/replace-marked.ts';
import { ask } from './conformance/ask.ts';
import { BEHAVIOURS, judge } from './conformance/behaviours.ts';
import { HANDLER } from './conformance/handler.ts';
import { toPeerService } from './conformance/peer-service.ts';
import { serveBackend, serveOwn } from './conformance/serve-own.ts';
import { startServerlessOffline } from './conformance/start-serverless-offline.ts';
import type { Row } from './conformance/to-table.ts';
import { toTable } from './conformance/to-table.ts';

const PAGE = 'gateway/README.md';

readCommand('conformance', commands.conformance);
const backend = await serveBackend();
const own = await serveOwn(backend.url);
const peer = await startServerlessOffline(toPeerService(backend.url), HANDLER);
try {
  const rows: Row[] = [];
  for (const behaviour of BEHAVIOURS) {
    const { title, floci, localStack } = behaviour;
    const [here, there] = [
      await judge((path, asked) => ask(own.url, path, asked), behaviour),
      await judge((path, asked) => ask(peer.url, path, asked), behaviour),
    ];
    rows.push([title, here, there, floci, localStack]);
    console.log(`${title}: here ${here}, serverless-offline ${there}`);
  }
  const page = readFileSync(PAGE, 'utf8');
  writeFileSync(PAGE, replaceMarked(page, 'conformance', `${toTable(rows)}\n`));
} finally {
  for (const { stop } of [peer, own, backend]) await stop();
}

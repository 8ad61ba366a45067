import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { contract } from '../../openapi/contract.ts';
import { startLocal } from '../local/start-local.ts';
import { UNLIMITED } from '../local/unlimited.ts';
import { createClient } from './client.ts';
import { toLines } from './exchange.ts';
import { recordExchanges } from './record-exchanges.ts';

// record.ts FILE: records the replies of this code, through the local gateway.
const [file = ''] = process.argv.slice(2);
const directory = mkdtempSync(join(tmpdir(), 'iot-events-record-'));
const apiKey = 'the-key-of-a-recording';
const report = () => undefined;
const service = await startLocal({
  port: 0,
  apiKey,
  directory,
  api: UNLIMITED,
  events: {},
  report,
});
try {
  writeFileSync(
    file,
    toLines(await recordExchanges(createClient(service.url, apiKey, contract.info.version))),
  );
} finally {
  await service.stop();
  rmSync(directory, { recursive: true });
}

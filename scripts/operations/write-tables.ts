import { readFileSync, writeFileSync } from 'node:fs';
import { withTables } from './tables.ts';

// npx tsx scripts/operations/write-tables.ts, after a change of cdktf/environment/connection-budget.ts or of a price.
const PAGE = 'docs/operations.md';
writeFileSync(PAGE, withTables(readFileSync(PAGE, 'utf8')));

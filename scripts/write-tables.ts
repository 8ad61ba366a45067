import { readFileSync, writeFileSync } from 'node:fs';
import { withTables } from './operations/tables.ts';

// npx tsx scripts/write-tables.ts, after a change of cdktf/connection-budget.ts or of a price.
const PAGE = 'docs/operations.md';
writeFileSync(PAGE, withTables(readFileSync(PAGE, 'utf8')));

import { readFileSync, writeFileSync } from 'node:fs';
import { withTables } from './tables.ts';

// Run npx tsx scripts/operations/write-tables.ts after a change of a price or of cdktf/environment/connection-budget.ts.
const PAGE = 'docs/operations.md';
writeFileSync(PAGE, withTables(readFileSync(PAGE, 'utf8')));

import type { LoadReport } from './load-report.ts';

/** The reports of one contestant and operation, one per round. */
export type LoadResult = { title: string; method: 'POST' | 'GET'; reports: LoadReport[] };

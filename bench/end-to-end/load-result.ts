import type { LoadReport } from './load-report.ts';

export type LoadResult = { title: string; method: 'POST' | 'GET'; reports: LoadReport[] };

import type { Contestant } from '../harness/build.ts';
import type { Sample } from './take-sample.ts';

export type ColdResult = { contestant: Contestant; samples: Sample[] };

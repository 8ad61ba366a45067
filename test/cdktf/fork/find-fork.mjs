import { createRequire } from 'node:module';
import { join } from 'node:path';

const { resolve } = createRequire(join(process.env.KEPT_FORK, 'package.json'));
const files = new Map([
  ['cdktf', resolve('cdktn')],
  ['constructs', resolve('constructs')],
]);

/** The file of the fork that stands in the place of a module; undefined for other modules. */
export const findFork = (specifier) => files.get(specifier);

import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** The contract. */
export const CONTRACT = join(ROOT, 'generated/openapi.json');

/** The folder of the suite's sources. */
export const SDKS = join(ROOT, 'sdks');

/** The folder for everything that is built; ignored by git. */
export const DIST = join(ROOT, 'dist/sdks');

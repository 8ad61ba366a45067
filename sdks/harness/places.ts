import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

export const CONTRACT = join(ROOT, 'generated/openapi.json');

/** Where the sources of the suite are. */
export const SDKS = join(ROOT, 'sdks');

/** Where everything is built; git knows nothing of it. */
export const DIST = join(ROOT, 'dist/sdks');

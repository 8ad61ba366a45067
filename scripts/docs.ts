import { join } from 'node:path';
import { buildDocs } from './docs/build-docs.ts';

// npm run docs: the site for client teams, as files for any web server.
console.log(`The docs are in ${join(await buildDocs(), 'index.html')}`);

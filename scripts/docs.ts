import { join } from 'node:path';
import { buildDocs } from './docs/build-docs.ts';

// npm run docs: builds the site for client teams, as static files for any web server.
console.log(`Docs: ${join(await buildDocs(), 'index.html')}`);

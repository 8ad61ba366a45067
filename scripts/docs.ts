import { join } from 'node:path';
import { makeDocs } from './make-docs.ts';

// npm run docs: the site for client teams, as files for any web server.
console.log(`The docs are in ${join(await makeDocs(), 'index.html')}`);

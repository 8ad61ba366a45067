import { join } from 'node:path';
import { loadScript, whyUncached } from './load-script.ts';

// Lambda loads this file. It loads api.ts, bundled as api.cjs beside it, with V8's code cache.
const file = join(__dirname, 'api.cjs');
const { exports, script } = loadScript(file);
const message = whyUncached(file, script);
if (message) console.warn(JSON.stringify({ level: 'warn', message }));

// `stream` is the entry of the functions that stream.
export const { handler, stream } = exports;

import { join } from 'node:path';
import { loadScript, whyUncached } from './load-script.ts';

// What Lambda loads in the place of lambda.ts, which is beside it in api.cjs.
const file = join(__dirname, 'api.cjs');
const { exports, script } = loadScript(file);
const message = whyUncached(file, script);
if (message) console.warn(JSON.stringify({ level: 'warn', message }));

export const { handler } = exports;

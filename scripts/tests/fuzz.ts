import { runFuzz } from './run-fuzz.ts';

process.exitCode = await runFuzz('fuzz', 'test/fuzz');

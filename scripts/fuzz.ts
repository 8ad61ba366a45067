import { runFuzz } from './command-line/run-fuzz.ts';

process.exitCode = await runFuzz('fuzz', 'test/fuzz');

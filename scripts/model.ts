import { runFuzz } from './command-line/run-fuzz.ts';

process.exitCode = await runFuzz('model', 'test/model');

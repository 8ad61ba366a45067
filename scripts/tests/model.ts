import { runFuzz } from './run-fuzz.ts';

process.exitCode = await runFuzz('model', 'test/model');

import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { cachedDataVersionTag } from 'node:v8';
import { Script } from 'node:vm';

export type LoadedScript = { exports: Record<string, unknown>; script: Script };

/** V8 takes a code cache only from the same V8 with the same flags: there may be one for each, by its tag. */
export const toCachePath = (file: string): string =>
  file.replace(/\.cjs$/, `.${cachedDataVersionTag().toString(16)}.cache`);

/**
 * Loads a CommonJS file as `require` does, with V8's code cache if there is one beside it: nothing is
 * compiled then. Without, or where V8 rejects it, it says so and costs some 50 ms more.
 */
export const loadScript = (file: string): LoadedScript => {
  const cache = toCachePath(file);
  const cachedData = existsSync(cache) ? readFileSync(cache) : undefined;
  const source = `(function (exports, require, module, __filename, __dirname) {${readFileSync(file, 'utf8')}\n})`;
  const script = new Script(source, { filename: file, ...(cachedData && { cachedData }) });
  const module = { exports: {} };
  const run = script.runInThisContext();
  run(module.exports, createRequire(file), module, file, dirname(file));
  return { exports: module.exports, script };
};

/** Undefined where the code cache was used. */
export const whyUncached = (file: string, { cachedDataRejected }: Script): string | undefined => {
  if (cachedDataRejected === false) return undefined;
  const why = cachedDataRejected ? 'was rejected' : 'is not there';
  const flags = process.execArgv.filter((flag) => /^--[\w-]+(=\d+)?$/.test(flag)).join(' ');
  return `The code cache ${toCachePath(file)} ${why} (Node ${process.version} ${flags})`;
};

import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { cachedDataVersionTag } from 'node:v8';
import { Script } from 'node:vm';

export type LoadedScript = { exports: Record<string, unknown>; script: Script };

/** The path of the code cache. V8 accepts one only from the same V8 with the same flags: its tag is in the name. */
export const toCachePath = (file: string): string =>
  file.replace(/\.cjs$/, `.${cachedDataVersionTag().toString(16)}.cache`);

/**
 * Loads a CommonJS file as `require` does, with V8's code cache if there is one beside it. If there is none, or V8
 * rejects it, compiling costs about 50 ms.
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

/** The reason why the code cache was not used; undefined if it was. */
export const whyUncached = (file: string, { cachedDataRejected }: Script): string | undefined => {
  if (cachedDataRejected === false) return undefined;
  const why = cachedDataRejected ? 'was rejected' : 'is not there';
  const flags = process.execArgv.filter((flag) => /^--[\w-]+(=\d+)?$/.test(flag)).join(' ');
  return `The code cache ${toCachePath(file)} ${why} (Node ${process.version} ${flags})`;
};

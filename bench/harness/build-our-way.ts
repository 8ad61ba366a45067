import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { BundleOptions } from '../../scripts/bundle/bundle.ts';
import { bundle } from '../../scripts/bundle/bundle.ts';

/** The entry of scripts/bundle/bundle.ts for the API's code. */
export const API_ENTRY = 'api';

/** Builds a function as this project's own, with its code cache; returns the file that Lambda loads. */
export const buildOurWay = async (directory: string, options: BundleOptions): Promise<string> => {
  await bundle(directory, options);
  const buildCache = join(directory, 'tools/build-code-cache.cjs');
  if (existsSync(buildCache)) {
    await promisify(execFile)(process.execPath, [buildCache, join(directory, 'function')]);
  }
  return join(directory, 'function/load-api.cjs');
};

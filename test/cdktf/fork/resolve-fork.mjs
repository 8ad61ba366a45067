import { pathToFileURL } from 'node:url';
import { findFork } from './find-fork.mjs';

/** Node's hook for `import`; it runs in a thread of its own. */
export const resolve = async (specifier, context, next) => {
  const path = findFork(specifier);
  return next(path ? pathToFileURL(path).href : specifier, context);
};

/*
 * Loaded with `node --import`: puts the packages in the folder KEPT_FORK in the place of CDKTF and its constructs, for
 * our modules and for the bindings of the providers.
 */
import Module, { register } from 'node:module';
import { findFork } from './find-fork.mjs';

const resolveFilename = Module._resolveFilename;
Module._resolveFilename = (request, ...rest) =>
  findFork(request) ?? resolveFilename(request, ...rest);

register('./resolve-fork.mjs', import.meta.url);

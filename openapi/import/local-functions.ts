import { toFunctionUri, toStreamUri } from '../../gateway/function-uri.ts';

/** The functions of a service on this machine, for `toImportDocument`. */
export const LOCAL_FUNCTIONS = {
  functionUri: toFunctionUri('router'),
  streamUris: { export: toStreamUri('export'), live: toStreamUri('live') },
};

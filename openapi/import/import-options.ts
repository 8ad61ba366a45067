import type { StreamKind } from '../../src/names/stream-kinds.ts';

/** The settings of the import document that the contract does not have. */
export type ImportOptions = {
  /** The invoke ARN of the router function, to which API Gateway sends requests (fact 33). */
  functionUri: string;
  /** The streaming invoke ARNs of the functions that stream, by the operation's `x-stream` (fact 69). */
  streamUris: Record<StreamKind, string>;
  /** The origins whose pages may call the API, such as `https://example.org`; any by default, since keys are not cookies. */
  corsOrigins?: readonly string[];
  /** `plan`, the default: API Gateway checks its one key. `scoped`: the router checks the keys. */
  keys?: 'plan' | 'scoped';
};

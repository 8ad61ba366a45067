/** What API Gateway is told beyond the contract. */
export type ImportOptions = {
  /** Where API Gateway sends requests: the router function's invoke ARN (fact 33). */
  functionUri: string;
  /** The origin whose pages may call the API, such as `https://example.org`; `*` is any, as keys are no cookies. */
  corsOrigin?: string;
  /** Who checks the keys: API Gateway its own one, by default, or the router those that it knows. */
  keys?: 'plan' | 'scoped';
};

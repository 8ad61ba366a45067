export type RouterRequest = {
  method: string;
  path: string;
  /** Every value of each parameter; sent twice, it does not match the contract. */
  query: Record<string, string | string[]>;
  /** By their names in lower case. */
  headers: Record<string, string>;
  body: string | null;
  requestId: string;
  /** Which of its own keys the gateway found valid, where it checks them. */
  planKeyId: string | undefined;
};

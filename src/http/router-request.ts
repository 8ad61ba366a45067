/** An HTTP request, whoever received it. */
export type RouterRequest = {
  method: string;
  path: string;
  /** A parameter that was sent several times is a list of its values. */
  query: Record<string, string | string[]>;
  /** Names are in lower case. */
  headers: Record<string, string>;
  body: string | null;
  requestId: string;
  /** Ends when the client has gone; API Gateway does not tell. */
  signal: AbortSignal | undefined;
  /** The id of the usage plan's key that API Gateway has validated. */
  planKeyId: string | undefined;
};

/** A reply before the headers that the gateway adds to every one. */
export type HttpReply = {
  status: number;
  headers: Record<string, string | string[]>;
  body: string | Buffer;
};

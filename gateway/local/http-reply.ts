/** What goes back to the client. */
export type HttpReply = {
  status: number;
  headers: Record<string, string | string[]>;
  body: string | Buffer;
};

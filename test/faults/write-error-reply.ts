import { BSON } from 'mongodb';

// https://www.mongodb.com/docs/manual/reference/mongodb-wire-protocol/: a header of four int32, then for
// OP_MSG the flags (int32), the kind of the section (a byte, 0) and one BSON document.
const HEADER_BYTES = 16;
const OP_MSG = 2013;

/** An error that a server answers a write with. */
export type WriteError = { code: number; codeName: string; errorLabels?: string[] };

/** What a node answers to a write after it has stepped down. */
export const STEPPED_DOWN: WriteError = {
  code: 10107,
  codeName: 'NotWritablePrimary',
  errorLabels: ['RetryableWriteError'],
};

/** Answers a write with the error; returns undefined for any other message. */
export const toWriteErrorReply = (message: Buffer, error: WriteError): Buffer | undefined => {
  if (message.length < HEADER_BYTES + 5 || message.readInt32LE(12) !== OP_MSG) return undefined;
  const command = BSON.deserialize(message.subarray(HEADER_BYTES + 5));
  if (!('update' in command || 'delete' in command)) return undefined;
  const document = BSON.serialize({ ok: 0, errmsg: error.codeName, ...error });
  const reply = Buffer.alloc(HEADER_BYTES + 5 + document.length);
  reply.writeInt32LE(reply.length, 0);
  reply.writeInt32LE(message.readInt32LE(4), 8);
  reply.writeInt32LE(OP_MSG, 12);
  reply.set(document, HEADER_BYTES + 5);
  return reply;
};

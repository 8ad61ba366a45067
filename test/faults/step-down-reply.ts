import { BSON } from 'mongodb';

// https://www.mongodb.com/docs/manual/reference/mongodb-wire-protocol/: a header of four int32, then for
// OP_MSG the flags (int32), the kind of the section (a byte, 0) and one BSON document.
const HEADER_BYTES = 16;
const OP_MSG = 2013;

/** What a node that has stepped down answers to a write; undefined for a message that is none. */
export const toStepDownReply = (message: Buffer): Buffer | undefined => {
  if (message.length < HEADER_BYTES + 5 || message.readInt32LE(12) !== OP_MSG) return undefined;
  const command = BSON.deserialize(message.subarray(HEADER_BYTES + 5));
  if (!('update' in command || 'delete' in command)) return undefined;
  const document = BSON.serialize({
    ok: 0,
    errmsg: 'not primary',
    code: 10107,
    codeName: 'NotWritablePrimary',
    errorLabels: ['RetryableWriteError'],
  });
  const reply = Buffer.alloc(HEADER_BYTES + 5 + document.length);
  reply.writeInt32LE(reply.length, 0);
  reply.writeInt32LE(message.readInt32LE(4), 8);
  reply.writeInt32LE(OP_MSG, 12);
  reply.set(document, HEADER_BYTES + 5);
  return reply;
};

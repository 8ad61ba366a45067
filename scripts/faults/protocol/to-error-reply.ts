import { BSON } from 'mongodb';

// https://www.mongodb.com/docs/manual/reference/mongodb-wire-protocol/: a header of four int32, then for
// OP_MSG the flags (int32), the kind of the section (a byte, 0) and one BSON document.
const HEADER_BYTES = 16;
const OP_MSG = 2013;

/** An error that a server answers commands with. */
export type ServerError = {
  code: number;
  codeName: string;
  errmsg?: string;
  errorLabels?: string[];
  /** The commands that are answered so: writes by default. */
  commands?: string[];
  /** In which part of the reply the error stands: it is the whole reply by default. */
  part?: 'writeErrors' | 'writeConcernError';
  /** How often; without end by default. */
  times?: number;
};

/** What a node answers to a write after it has stepped down. */
export const STEPPED_DOWN: ServerError = {
  code: 10107,
  codeName: 'NotWritablePrimary',
  errorLabels: ['RetryableWriteError'],
};

const WRITES = ['update', 'delete'];

/** Answers a command with the error; returns undefined for any other message. */
export const toErrorReply = (message: Buffer, error: ServerError): Buffer | undefined => {
  if (message.length < HEADER_BYTES + 5 || message.readInt32LE(12) !== OP_MSG) return undefined;
  const command = BSON.deserialize(message.subarray(HEADER_BYTES + 5));
  const { commands = WRITES } = error;
  if (!commands.some((name) => name in command)) return undefined;
  const document = BSON.serialize(toDocument(error));
  const reply = Buffer.alloc(HEADER_BYTES + 5 + document.length);
  reply.writeInt32LE(reply.length, 0);
  reply.writeInt32LE(message.readInt32LE(4), 8);
  reply.writeInt32LE(OP_MSG, 12);
  reply.set(document, HEADER_BYTES + 5);
  return reply;
};

function toDocument({ code, codeName, errmsg = codeName, errorLabels, part }: ServerError) {
  const labels = errorLabels && { errorLabels };
  const error = { code, codeName, errmsg };
  if (part === 'writeErrors') return { ok: 1, n: 0, writeErrors: [{ index: 0, ...error }] };
  if (part) return { ok: 1, n: 1, nModified: 1, writeConcernError: error, ...labels };
  return { ok: 0, ...error, ...labels };
}

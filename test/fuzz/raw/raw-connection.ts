import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { RawReply } from '../read-replies.ts';
import { readReplies } from '../read-replies.ts';

export type Conversation = {
  chunks: Buffer[];
  /** How many replies are waited for; what is cut short gets none that must come. */
  replies: number;
  isBodiless: (nth: number) => boolean;
  /** What the client does then, with a request perhaps under way. */
  end: 'close' | 'reset';
};

// Much longer than anything takes, on a machine that does other things besides.
const PATIENCE_MS = 15_000;
// For what the service may say of something that is no request.
const MOMENT_MS = 15;

/** Sends exactly these bytes over a connection of its own, and returns what came back. */
export const converse = async (port: number, talk: Conversation): Promise<RawReply[]> => {
  const socket = connect(port, '127.0.0.1');
  let received = Buffer.alloc(0);
  let isClosed = false;
  const read = () => readReplies(received, talk.isBodiless);
  socket
    .on('data', (data) => {
      received = Buffer.concat([received, data]);
    })
    // A reset is an answer, too: it is the replies that are looked at.
    .on('error', () => undefined)
    .on('close', () => {
      isClosed = true;
    });
  for (const chunk of talk.chunks) {
    socket.write(chunk);
    // So that they come one by one.
    if (talk.chunks.length > 1) await sleep(1);
  }
  const until = performance.now() + (talk.replies > 0 ? PATIENCE_MS : MOMENT_MS);
  while (!isClosed && performance.now() < until) {
    if (talk.replies > 0 && received.length > 0 && read().length >= talk.replies) break;
    await sleep(1);
  }
  if (talk.end === 'reset') socket.resetAndDestroy();
  else socket.end();
  await waitFor(() => isClosed);
  return read();
};

async function waitFor(isDone: () => boolean): Promise<void> {
  for (const end = performance.now() + PATIENCE_MS; !isDone(); await sleep(1)) {
    if (performance.now() > end) throw new Error('The connection was not closed');
  }
}

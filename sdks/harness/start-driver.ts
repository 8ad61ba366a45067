import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';

const PATIENCE_MS = 60_000;

/** A stream's first events come at once; an SDK that waits for its end would wait for 14 minutes. */
const STREAM_PATIENCE_MS = 10_000;

/** A driver's process. `ask` sends a line of JSON, and returns the line that the driver prints. */
export type DriverProcess = {
  ask(command: { op: string; args: object; key: string }): Promise<unknown>;
  stop(): Promise<void>;
};

export const startDriver = (
  [program = '', ...args]: string[],
  env: Record<string, string>,
): DriverProcess => {
  const child = spawn(program, args, { env: { ...process.env, ...env } });
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  const complaints = text(child.stderr);
  const exited = once(child, 'exit');
  // If the driver ended, the end of its output reports it.
  child.stdin.on('error', () => undefined);
  return {
    async ask(command) {
      child.stdin.write(`${JSON.stringify(command)}\n`);
      const patience = command.op === 'streamEvents' ? STREAM_PATIENCE_MS : PATIENCE_MS;
      const timer = setTimeout(() => child.kill('SIGKILL'), patience);
      const { value, done } = await lines.next();
      clearTimeout(timer);
      if (done) throw new Error(`the driver ended: ${(await complaints).trim().slice(0, 2_000)}`);
      const reply = JSON.parse(value);
      if (reply.error) throw new Error(reply.error);
      return reply;
    },
    async stop() {
      child.stdin.end();
      await exited;
    },
  };
};

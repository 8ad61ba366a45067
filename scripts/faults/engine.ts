import { databaseNames } from '../../src/names/database-names.ts';
import { findEngine } from '../engine/find-engine.ts';
import { startEngine } from '../engine/start-engine.ts';
import { startMongoJavaServer } from '../local/database/start-mongo-java-server.ts';

/** A database in a process of its own. */
type Running = { uri: string; pid: number; stop(): Promise<void> };

/** A kind of database, as the table names it. */
export type Engine = { name: string; start(directory: string): Promise<Running> };

/** A database that can be killed, frozen, and started again on its data. */
export type EngineProcess = {
  uri(): string;
  signal(name: NodeJS.Signals): void;
  /** Kills it if it runs, and starts it again on its data. Its address is another one then. */
  restart(): Promise<void>;
  stop(): Promise<void>;
};

export const mongoJavaServer: Engine = {
  name: 'mongo-java-server',
  start: (directory) => startMongoJavaServer(directory, () => undefined, true),
};

export const secantusDb: Engine = {
  name: 'SecantusDB',
  async start(directory) {
    const program = await findEngine(console.error);
    const engine = await startEngine(program, directory, { isDurable: true });
    return { ...engine, uri: `${engine.uri}/${databaseNames.database}` };
  },
};

export const createEngineProcess = async (
  { start }: Engine,
  directory: string,
): Promise<EngineProcess> => {
  let running = await start(directory);
  return {
    uri: () => running.uri,
    signal: (name) => void process.kill(running.pid, name),
    async restart() {
      if (isAlive(running.pid)) process.kill(running.pid, 'SIGKILL');
      await running.stop();
      running = await start(directory);
    },
    stop: () => running.stop(),
  };
};

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

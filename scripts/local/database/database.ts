/** A running database. */
export type Database = {
  uri: string;
  /** The name and version of the engine, for the start-up line. */
  engine: string;
  /** Resolves with the cause if the engine ends before `stop` is called. */
  ended: Promise<string>;
  stop(): Promise<void>;
};

/** Receives lines about what takes long while starting. */
export type Report = (progress: string) => void;

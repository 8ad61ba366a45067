/** A running database. */
export type Database = {
  uri: string;
  /** What runs, in words, for the start-up line. */
  engine: string;
  stop(): Promise<void>;
};

export type Report = (progress: string) => void;

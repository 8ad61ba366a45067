/** What the process of the service takes at one moment. */
export type ServiceSample = {
  rssMb: number;
  heapMb: number;
  /** Connections that it opened, which are those to the database. */
  databaseConnections: number;
  clientConnections: number;
};

/** What it tells the simulator. */
export type ServiceMessage = { progress: string } | { url: string } | { sample: ServiceSample };

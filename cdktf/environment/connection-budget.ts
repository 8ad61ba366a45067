/*
 * The connection budget: how many processes the router may have before they exhaust the cluster.
 *
 * Lambda runs each concurrent call in a process of its own, and each process has a connection pool, so concurrency
 * is what uses up connections. Every process is connected to the primary, which therefore fills up first:
 *
 *   usable      = 80 % of the connections of one node
 *   per process = its pool + 1 connection that monitors the node
 *   processes   = (usable / 2 versions − connections of the other functions) / per process
 *
 * Two versions, because frozen processes of the previous one keep their connections for minutes after a
 * deployment. validate-environments.ts rejects a `maxConcurrency` above the result.
 */

/** Connections that one node of an Atlas cluster accepts (Atlas, "Connection Limits and Cluster Tier"), smallest first. */
const CONNECTIONS = { M10: 1500, M20: 3000, M30: 3000, M40: 6000, M50: 16_000 } as const;

/** The sizes of Atlas clusters that are supported; PrivateLink needs M10 or larger. */
export type Tier = keyof typeof CONNECTIONS;

export const tiers = Object.keys(CONNECTIONS) as Tier[];

/**
 * A function that connects to the database: its processes, and the pool of each. The pools are set in
 * src/database/connect.ts and src/migration/migrate.ts; test/database/connection-budget.test.ts compares them.
 */
type Connecting = { readonly processes: number; readonly pool: number };

/** The size of a router process's pool. */
export const ROUTER_POOL = 2;

/** The functions besides the router: as many processes, whatever the cluster's size. */
export const otherFunctions = {
  migration: { processes: 1, pool: 1 },
  keys: { processes: 1, pool: 2 },
  // Of places for streams, and two that refuse.
  export: { processes: 6, pool: 2 },
  live: { processes: 22, pool: 2 },
} as const satisfies Record<string, Connecting>;

// The rest is for Atlas itself, and for operators who connect.
const SHARE = 0.8;
// The driver's monitoring connection to each node.
const MONITOR = 1;
// The current version, and the previous one for some minutes after a deployment.
const VERSIONS = 2;

/** How the connections of a tier's primary are divided. */
export type ConnectionBudget = {
  readonly tier: Tier;
  readonly connections: number;
  /** The connections for functions, of all versions. */
  readonly usable: number;
  /** The connections of the functions besides the router. */
  readonly ofOthers: number;
  readonly ofRouterProcess: number;
  /** How many processes the router may have. */
  readonly processes: number;
};

export const toConnectionBudget = (tier: Tier): ConnectionBudget => {
  const connections = CONNECTIONS[tier];
  const usable = Math.floor(connections * SHARE);
  const others: Connecting[] = Object.values(otherFunctions);
  const ofOthers = others.reduce(
    (sum, { processes, pool }) => sum + processes * (pool + MONITOR),
    0,
  );
  const ofRouterProcess = ROUTER_POOL + MONITOR;
  const processes = Math.floor((usable / VERSIONS - ofOthers) / ofRouterProcess);
  return { tier, connections, usable, ofOthers, ofRouterProcess, processes };
};

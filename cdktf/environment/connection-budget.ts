/** Connections that one node of an Atlas cluster takes (Atlas, "Connection Limits and Cluster Tier"), smallest first. */
const CONNECTIONS = { M10: 1500, M20: 3000, M30: 3000, M40: 6000, M50: 16_000 } as const;

/** Sizes of Atlas clusters; PrivateLink needs M10 or larger. */
export type Tier = keyof typeof CONNECTIONS;

export const tiers = Object.keys(CONNECTIONS) as Tier[];

/**
 * A function that connects: how many processes it has at a time, and how large the pool of each is. The
 * pools are what src/database/connect.ts and src/migration/migrate.ts set; test/database/connection-budget.test.ts holds both to it.
 */
type Connecting = { readonly processes: number; readonly pool: number };

/** The router's pool; its processes are what is left for it. */
export const ROUTER_POOL = 2;

/** Each one process, however large the cluster is. */
export const otherFunctions = {
  migration: { processes: 1, pool: 1 },
  keys: { processes: 1, pool: 2 },
} as const satisfies Record<string, Connecting>;

// The rest is for Atlas itself, which keeps some, and for whoever looks in.
const SHARE = 0.8;
// Beside its pool, a process has one to each node, to watch it.
const MONITOR = 1;
// After a deployment, frozen processes of the version before keep theirs for some minutes.
const VERSIONS = 2;

/** What a tier's connections are spent on; counted at the primary, which all of them reach. */
export type ConnectionBudget = {
  readonly tier: Tier;
  readonly connections: number;
  /** What the functions may have of them, all versions together. */
  readonly usable: number;
  readonly ofOthers: number;
  readonly ofRouterProcess: number;
  /** How many processes the router can have: Lambda runs each concurrent call in one of its own. */
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

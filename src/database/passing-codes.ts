/*
 * MongoDB's error codes for states that pass while neither the request nor this code changes.
 *
 * Most are taken by category from the server's own list, error_codes.yml, at commit 007ba93:
 * https://github.com/mongodb/mongo/blob/007ba93486927dc7162c9b0f9d719e86b87fd8fe/src/mongo/base/error_codes.yml
 * A code that has several categories stands under the first. Left out are the categories of faults (parsing,
 * validation, versioned API, planner), of what this service does not use (transactions, change streams, stream
 * processing), and codes that a server never returns to a client (InternalOnly).
 */

/** Codes by name, below their category of error_codes.yml. */
const categories = {
  NetworkError: { HostUnreachable: 6, HostNotFound: 7, NetworkTimeout: 89, SocketException: 9001 },
  NetworkTimeoutError: { NetworkInterfaceExceededTimeLimit: 202 },
  NotPrimaryError: {
    PrimarySteppedDown: 189,
    NotWritablePrimary: 10_107,
    InterruptedDueToReplStateChange: 11_602,
    NotPrimaryNoSecondaryOk: 13_435,
    NotPrimaryOrSecondary: 13_436,
  },
  ShutdownError: { ShutdownInProgress: 91, InterruptedAtShutdown: 11_600 },
  ExceededTimeLimitError: {
    MaxTimeMSExpired: 50,
    ExceededTimeLimit: 262,
    TransactionExceededLifetimeLimitSeconds: 290,
    PooledConnectionAcquisitionExceededTimeLimit: 407,
  },
  Interruption: {
    LockTimeout: 24,
    CursorKilled: 237,
    ClientDisconnect: 279,
    TransactionCoordinatorSteppingDown: 281,
    TransactionCoordinatorReachedAbortDecision: 282,
    InterruptedDueToStorageChange: 355,
    InterruptedDueToReshardingCriticalSection: 453,
    Interrupted: 11_601,
    ClientMarkedKilled: 46_841,
    RetriableRemoteCommandFailure: 91_331,
    InterruptedDueToFCVChange: 10_045_600,
  },
  CancellationError: { CallbackCanceled: 90, PeriodicJobIsStopped: 310 },
  RetriableError: {
    ReadConcernMajorityNotAvailableYet: 134,
    InternalTransactionNotSupported: 358,
    ResourceExhausted: 402,
    MigrationBlockingOperationCoordinatorCleaningUp: 406,
    UpdatesStillPending: 412,
    BackupCursorOpenConflictWithCheckpoint: 50_915,
  },
  CursorInvalidatedError: {
    CursorNotFound: 43,
    OperationFailed: 96,
    QueryPlanKilled: 175,
    ObjectIsBusy: 314,
  },
  SnapshotError: {
    SnapshotTooOld: 239,
    SnapshotUnavailable: 246,
    StaleChunkHistory: 250,
    MigrationConflict: 272,
  },
  StaleShardVersionError: { StaleEpoch: 150, StaleConfig: 13_388 },
  WriteConcernError: {
    WriteConcernTimeout: 64,
    UnknownReplWriteConcern: 79,
    UnsatisfiableWriteConcern: 100,
  },
  CloseConnectionError: {
    SplitHorizonChange: 303,
    LoadBalancerSupportMismatch: 354,
    StreamTerminated: 398,
  },
  SystemOverloadedError: {
    AdmissionQueueOverflow: 433,
    RateLimitExceeded: 449,
    PooledConnectionAcquisitionRejected: 450,
    IngressRequestRateLimitExceeded: 462,
  },
} as const;

/** Codes that pass but have no category; grouped by what has to happen first. */
const others = {
  /** A new user, role or credential reaches every node only after a while. */
  authentication: {
    AuthenticationFailed: 18,
    ReauthenticationRequired: 391,
    LDAPRoleAcquisitionError: 404,
  },
  /** Another writer ends, or the storage engine gets room. */
  storage: {
    LockBusy: 46,
    LockFailed: 107,
    WriteConflict: 112,
    ConflictingOperationInProgress: 117,
    TooManyLocks: 208,
    DatabaseDropPending: 215,
    TooManyLogicalSessions: 261,
    TooManyFilesOpen: 264,
    TemporarilyUnavailable: 365,
    UserWritesBlocked: 371,
    BackgroundOperationInProgressForDatabase: 12_586,
    BackgroundOperationInProgressForNamespace: 12_587,
    OutOfDiskSpace: 14_031,
  },
  /** A member starts, joins or leaves. */
  replicaSet: {
    InvalidReplicaSetConfig: 93,
    NotYetInitialized: 94,
    NotSecondary: 95,
    ConfigurationInProgress: 109,
    InitialSyncActive: 164,
    CannotVerifyAndSignLogicalTime: 210,
    KeyNotFound: 211,
    ElectionInProgress: 216,
    LegacyNotPrimary: 10_058,
  },
  /** A router finds a primary, or the new place of the data. */
  sharding: {
    StaleShardVersion: 63,
    ShardNotFound: 70,
    FailedToSatisfyReadPreference: 133,
    PooledConnectionsDropped: 145,
    NoConfigPrimary: 149,
    ReplicaSetMonitorRemoved: 199,
    ShardingStateNotInitialized: 203,
    SessionTransferIncomplete: 228,
    StaleDbVersion: 249,
    PreparedTransactionInProgress: 267,
    MovePrimaryInProgress: 319,
    ReshardCollectionInProgress: 338,
    ReshardingCriticalSectionTimeout: 342,
    ShardCannotRefreshDueToLocksHeld: 343,
    RetryableTransactionInProgress: 363,
    ConfigServerUnreachable: 56_846,
  },
} as const;

const toCodes = (groups: Record<string, Record<string, number>>): number[] =>
  Object.values(groups).flatMap((codes) => Object.values(codes));

/** All of them. Atlas's own code, 8000, is not among them: see outage.ts. */
export const passingCodes: ReadonlySet<unknown> = new Set([
  ...toCodes(categories),
  ...toCodes(others),
]);

/**
 * Those that say that the command had no effect: the write was rolled back or never begun, or a read lost its
 * cursor. The driver's retries (https://github.com/mongodb/specifications, retryable reads and writes) leave
 * most of them to the application.
 */
export const effectlessCodes: ReadonlySet<unknown> = new Set([
  categories.CursorInvalidatedError.CursorNotFound,
  categories.CursorInvalidatedError.QueryPlanKilled,
  categories.Interruption.CursorKilled,
  categories.RetriableError.ReadConcernMajorityNotAvailableYet,
  categories.StaleShardVersionError.StaleEpoch,
  categories.StaleShardVersionError.StaleConfig,
  others.sharding.StaleShardVersion,
  others.sharding.StaleDbVersion,
  others.sharding.FailedToSatisfyReadPreference,
  others.storage.WriteConflict,
  others.storage.TemporarilyUnavailable,
]);

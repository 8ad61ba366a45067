/** A function that runs another image than the one that was built, where requests or deployments reach it. */
export type StaleFunction = { kind: 'function'; name: string; message: string };

/** A stage that serves another contract than the one that was synthesised, or another function. */
export type StaleStage = {
  kind: 'stage';
  apiId: string;
  /** The import document. */
  body: string;
  /** The address of the deployment in Terraform, which is a copy of the API. */
  deployment: string;
  message: string;
};

/** What only another apply, or another machine, can mend. */
export type Unproved = { kind: 'unapplied' | 'unreached'; message: string };

export type StalePart = StaleFunction | StaleStage | Unproved;

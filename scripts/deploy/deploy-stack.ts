import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Loss } from './check/find-losses.ts';
import { findLosses } from './check/find-losses.ts';
import type { ProofProps } from './prove/find-stale-parts.ts';
import { findStaleParts } from './prove/find-stale-parts.ts';
import { mend } from './prove/mend.ts';
import type { StaleFunction, StalePart, StaleStage } from './prove/stale-part.ts';
import type { Terraform } from './tools/terraform.ts';

/** What a deployment was told on the command line. */
export type Consent = {
  /** The words of `--yes-replace=`. */
  replace: ReadonlySet<string>;
  /** Whether the stages may be out of reach of this machine: then nobody asks `GET /health`. */
  unreached?: boolean;
  /** Asks the operator whether to apply the plan that was shown. */
  confirm: () => Promise<boolean>;
};

export type DeployStackProps = ProofProps & {
  terraform: Terraform;
  /** Options for `terraform plan`. */
  options: readonly string[];
  consent: Consent;
};

/**
 * Applies a stack, then proves that the live functions run the image, that the stages serve the contract, and that a
 * request through them comes there. What is stale is mended and applied once more.
 * @throws if the plan would lose something without consent, if a step fails, or if something stays stale
 */
export const deployStack = async ({ consent, ...props }: DeployStackProps): Promise<void> => {
  await apply(props, consent);
  const stale = await prove(props, consent);
  const mendable = stale.filter(isMendable);
  if (mendable.length > 0) {
    for (const { message } of stale) console.log(`! Not deployed yet: ${message}`);
    console.log(
      '  An earlier deployment was interrupted or refused. Publishing and importing again.',
    );
    const options = mend(mendable, props.region);
    // The operator has agreed to this very state already.
    await apply(
      { ...props, options: [...props.options, ...options] },
      { ...consent, confirm: async () => true },
    );
  }
  const left = mendable.length > 0 ? await prove(props, consent) : stale;
  if (left.length > 0) {
    throw new Error(
      ['The deployment is not complete:', ...left.map(({ message }) => message)].join('\n  '),
    );
  }
};

const isMendable = (part: StalePart): part is StaleFunction | StaleStage =>
  part.kind === 'function' || part.kind === 'stage';

/** What is not as it was synthesised, and what this deployment cannot know. */
async function prove(
  props: Omit<DeployStackProps, 'consent'>,
  { unreached }: Consent,
): Promise<StalePart[]> {
  const stale = await findStaleParts(props.terraform.readState(), props);
  const given = [...props.options, ...findArguments(process.env)];
  const part = given.find((option) => /^--?(target|exclude)\b/.test(option));
  if (part)
    stale.push({ kind: 'unapplied', message: `${part} left out the rest: deploy without it` });
  if (!unreached)
    return stale.map((each) =>
      each.kind === 'unreached' ? { ...each, message: `${each.message}. ${UNREACHED}` } : each,
    );
  for (const { kind, message } of stale) if (kind === 'unreached') console.log(`! ${message}`);
  return stale.filter(({ kind }) => kind !== 'unreached');
}

/** What a shell adds to Terraform's options. */
const findArguments = (env: NodeJS.ProcessEnv): string[] =>
  ['TF_CLI_ARGS', 'TF_CLI_ARGS_plan', 'TF_CLI_ARGS_apply'].flatMap(
    (name) => env[name]?.split(/\s+/) ?? [],
  );

const UNREACHED =
  'Deploy from a machine that reaches it; if none is meant to, because the stage is private or limited to some addresses, add --yes-unreached';

/** Plans, refuses losses, asks, and applies the very plan that was looked at. */
async function apply(
  { terraform, options }: Pick<DeployStackProps, 'terraform' | 'options'>,
  consent: Consent,
): Promise<void> {
  // Of this process alone: another shell that plans must not exchange the plan that is agreed to.
  const directory = mkdtempSync(join(tmpdir(), 'iot-events-plan-'));
  const file = join(directory, 'deployment.tfplan');
  try {
    terraform.run('plan', '-input=false', `-out=${file}`, ...options);
    refuseLosses(findLosses(terraform.readPlan(file)), consent.replace);
    if (!(await consent.confirm())) throw new Error('Nothing was applied: you did not agree');
    terraform.run('apply', '-input=false', file);
  } finally {
    // A plan has every secret in clear.
    rmSync(directory, { recursive: true });
  }
}

/** @throws for each loss that the operator has not agreed to by its word */
export const refuseLosses = (losses: readonly Loss[], agreed: ReadonlySet<string>): void => {
  const refused = losses.filter(({ word }) => !agreed.has(word));
  if (refused.length === 0) return;
  const words = [...new Set(refused.map(({ word }) => word))].join(',');
  throw new Error(
    [
      'Nothing was applied, since this would be lost:',
      ...refused.map(({ message }) => `- ${message}`),
      `If you want this, deploy with --yes-replace=${words}`,
    ].join('\n  '),
  );
};

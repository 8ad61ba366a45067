import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Loss } from './check/find-losses.ts';
import { findLosses } from './check/find-losses.ts';
import { findStaleParts } from './prove/find-stale-parts.ts';
import { mend } from './prove/mend.ts';
import type { Terraform } from './tools/terraform.ts';

/** What a deployment was told on the command line. */
export type Consent = {
  /** The words of `--yes-replace=`. */
  replace: ReadonlySet<string>;
  /** Asks the operator whether to apply the plan that was shown. */
  confirm: () => Promise<boolean>;
};

export type DeployStackProps = {
  terraform: Terraform;
  tag: string;
  region: string;
  /** Options for `terraform plan`. */
  options: readonly string[];
  consent: Consent;
};

/**
 * Applies a stack, then proves that the live functions run the image and that the stages serve the contract. What is
 * stale is mended and applied once more.
 * @throws if the plan would lose something without consent, if a step fails, or if something stays stale
 */
export const deployStack = async ({ consent, ...props }: DeployStackProps): Promise<void> => {
  const { terraform } = props;
  await apply(props, consent);
  const stale = findStaleParts(terraform.readState(), props);
  if (stale.length === 0) return;
  for (const { message } of stale) console.log(`! Not deployed yet: ${message}`);
  console.log(
    '  An earlier deployment was interrupted or refused. Publishing and importing again.',
  );
  const options = mend(stale, props.region);
  // The operator has agreed to this very state already.
  await apply(
    { ...props, options: [...props.options, ...options] },
    { ...consent, confirm: async () => true },
  );
  const left = findStaleParts(terraform.readState(), props);
  if (left.length > 0) {
    throw new Error(
      ['The deployment is not complete:', ...left.map(({ message }) => message)].join('\n  '),
    );
  }
};

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

import { attempt, read, run } from './run.ts';

/** A resource in Terraform's state. */
export type StateResource = { address: string; type: string; values: Record<string, unknown> };

/** A change that Terraform plans, or finds to have been made by others. */
export type Change = {
  address: string;
  type: string;
  change: { actions: string[]; before: unknown; after: unknown };
};

/** The part of `terraform show -json <plan>` that is read here. */
export type Plan = { resource_changes?: Change[]; resource_drift?: Change[] };

/** Terraform in the directory of one synthesised stack. */
export class Terraform {
  readonly directory: string;

  constructor(directory: string) {
    this.directory = directory;
  }

  run(...args: string[]): void {
    run('terraform', `-chdir=${this.directory}`, ...args);
  }

  attempt(...args: string[]): ReturnType<typeof attempt> {
    return attempt('terraform', `-chdir=${this.directory}`, ...args);
  }

  /** Every resource in the state; none before the first deployment. */
  readState(): StateResource[] {
    const { values } = JSON.parse(this.read('show', '-json') || '{}');
    return values?.root_module?.resources?.filter(isManaged) ?? [];
  }

  readPlan(file: string): Plan {
    return JSON.parse(this.read('show', '-json', file));
  }

  private read(...args: string[]): string {
    return read('terraform', `-chdir=${this.directory}`, ...args);
  }
}

const isManaged = ({ mode }: { mode: string }): boolean => mode === 'managed';

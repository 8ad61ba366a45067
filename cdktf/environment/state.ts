import { LocalBackend, S3Backend, TerraformStack } from 'cdktf';
import { Construct } from 'constructs';
import type { Environment } from './environments.ts';

export type StateProps = { readonly name: string; readonly state: Environment['state'] };

/** Where Terraform keeps its state. */
export class State extends Construct {
  constructor(scope: Construct, id: string, { name, state }: StateProps) {
    super(scope, id);
    const stack = TerraformStack.of(this);
    if (state === 'local') {
      // Beside cdktf.json, relative to cdktf.out/stacks/<stack>, where Terraform runs.
      new LocalBackend(stack, { path: `../../../terraform.${name}.tfstate` });
      return;
    }
    new S3Backend(stack, { ...state, key: `${name}.tfstate`, encrypt: true });
    // S3's own lock, which CDKTF 0.21 has no option for.
    stack.addOverride('terraform.backend.s3.use_lockfile', true);
  }
}

import { LocalBackend, S3Backend, TerraformStack } from 'cdktf';
import { Construct } from 'constructs';
import type { Environment } from './environments.ts';

export type StateProps = { readonly name: string; readonly state: Environment['state'] };

/** Where Terraform remembers what it made. */
export class State extends Construct {
  constructor(scope: Construct, id: string, { name, state }: StateProps) {
    super(scope, id);
    const stack = TerraformStack.of(this);
    if (state === 'local') {
      // Relative to cdktf.out/stacks/<stack>, where Terraform runs: beside cdktf.json.
      new LocalBackend(stack, { path: `../../../terraform.${name}.tfstate` });
      return;
    }
    new S3Backend(stack, { ...state, key: `${name}.tfstate`, encrypt: true });
    // S3's own lock; CDKTF 0.21 does not know it.
    stack.addOverride('terraform.backend.s3.use_lockfile', true);
  }
}

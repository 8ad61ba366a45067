import type { IamRole } from '@cdktf/provider-aws/lib/iam-role/index.js';
import type { DatabaseUserRoles } from '@cdktf/provider-mongodbatlas/lib/database-user/index.js';
import { DatabaseUser as AtlasUser } from '@cdktf/provider-mongodbatlas/lib/database-user/index.js';
import { Construct } from 'constructs';
import type { Atlas } from './atlas.ts';

export type DatabaseUserProps = {
  readonly atlas: Atlas;
  /** The IAM role that authenticates as this user; there is no password. */
  readonly role: IamRole;
  /** Built-in roles on one collection each, or a custom role. */
  readonly rights: readonly DatabaseUserRoles[];
};

/** A database user of the cluster that authenticates by an IAM role. */
export class DatabaseUser extends Construct {
  readonly user: AtlasUser;

  constructor(scope: Construct, id: string, { atlas, role, rights }: DatabaseUserProps) {
    super(scope, id);
    this.user = new AtlasUser(this, 'user', {
      projectId: atlas.project.id,
      username: role.arn,
      authDatabaseName: '$external',
      awsIamType: 'ROLE',
      roles: [...rights],
      scopes: [{ name: atlas.cluster.name, type: 'CLUSTER' }],
    });
  }
}

import type { IamRole } from '@cdktf/provider-aws/lib/iam-role/index.js';
import type { DatabaseUserRoles } from '@cdktf/provider-mongodbatlas/lib/database-user/index.js';
import { DatabaseUser as AtlasUser } from '@cdktf/provider-mongodbatlas/lib/database-user/index.js';
import { Construct } from 'constructs';
import type { Atlas } from './atlas.ts';

export type DatabaseUserProps = {
  readonly atlas: Atlas;
  /** Whoever has this role is the user: no password exists. */
  readonly role: IamRole;
  readonly right: DatabaseUserRoles;
};

/** An IAM role that is a user of the cluster. */
export class DatabaseUser extends Construct {
  readonly user: AtlasUser;

  constructor(scope: Construct, id: string, { atlas, role, right }: DatabaseUserProps) {
    super(scope, id);
    this.user = new AtlasUser(this, 'user', {
      projectId: atlas.project.id,
      username: role.arn,
      authDatabaseName: '$external',
      awsIamType: 'ROLE',
      roles: [right],
      scopes: [{ name: atlas.cluster.name, type: 'CLUSTER' }],
    });
  }
}

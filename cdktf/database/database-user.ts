import type { IamRole } from '@cdktf/provider-aws/lib/iam-role/index.js';
import type { DatabaseUserRoles } from '@cdktf/provider-mongodbatlas/lib/database-user/index.js';
import { DatabaseUser as AtlasUser } from '@cdktf/provider-mongodbatlas/lib/database-user/index.js';
import { Construct } from 'constructs';
import type { Atlas } from './atlas.ts';

export type DatabaseUserProps = {
  readonly atlas: Atlas;
  /** Whoever has this role is the user: no password exists. */
  readonly role: IamRole;
  /** On one collection each, or a role of one's own. */
  readonly rights: readonly DatabaseUserRoles[];
};

/** An IAM role that is a user of the cluster. */
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

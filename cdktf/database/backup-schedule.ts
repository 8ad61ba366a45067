import type { AdvancedCluster } from '@cdktf/provider-mongodbatlas/lib/advanced-cluster/index.js';
import { CloudBackupSchedule } from '@cdktf/provider-mongodbatlas/lib/cloud-backup-schedule/index.js';
import { Construct } from 'constructs';
import type { Environment } from '../environment/environments.ts';

export type BackupScheduleProps = {
  readonly cluster: AdvancedCluster;
  readonly config: Environment['cluster'];
};

// Days within which any second can be restored, at most.
const WINDOW_DAYS = 7;

/**
 * How long backups are kept: a daily snapshot for `backupDays`, and nothing longer. It replaces Atlas's own schedule,
 * which keeps a snapshot of each month for a year.
 */
export class BackupSchedule extends Construct {
  constructor(scope: Construct, id: string, { cluster, config }: BackupScheduleProps) {
    super(scope, id);
    const { backupDays, pointInTimeRestore } = config;
    const windowDays = Math.min(WINDOW_DAYS, backupDays);
    new CloudBackupSchedule(this, 'schedule', {
      projectId: cluster.projectId,
      clusterName: cluster.name,
      // A shorter retention also applies to the snapshots that there are.
      updateSnapshots: true,
      policyItemDaily: {
        frequencyInterval: 1,
        retentionUnit: 'days',
        retentionValue: backupDays,
      },
      ...(pointInTimeRestore && {
        restoreWindowDays: windowDays,
        // From one of these on, Atlas replays the log.
        policyItemHourly: {
          frequencyInterval: 6,
          retentionUnit: 'days',
          retentionValue: windowDays,
        },
      }),
    });
  }
}

// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are Terraform's templates
import { describe, expect, it } from 'vitest';
import { addressOf, all, environmentOf, named, only, synth } from './synth.ts';

const stack = synth();

describe('Atlas', () => {
  it('makes the cluster after the private link, whose address it then has', () => {
    expect(only(stack, 'mongodbatlas_privatelink_endpoint_service')).toMatchObject({
      endpoint_service_id: `\${${addressOf(stack, 'aws_vpc_endpoint')}.id}`,
      private_link_id: `\${${addressOf(stack, 'mongodbatlas_privatelink_endpoint')}.private_link_id}`,
    });
    expect(only(stack, 'mongodbatlas_advanced_cluster').depends_on).toEqual([
      addressOf(stack, 'mongodbatlas_privatelink_endpoint_service'),
    ]);
  });

  it('stands in the region of the functions', () => {
    const region = 'EU_WEST_1';

    expect(only(stack, 'mongodbatlas_privatelink_endpoint')).toMatchObject({ region });
    expect(only(stack, 'mongodbatlas_advanced_cluster')).toMatchObject({
      cluster_type: 'REPLICASET',
      backup_enabled: true,
      replication_specs: [{ region_configs: [{ provider_name: 'AWS', region_name: region }] }],
    });
  });

  it.each([
    ['development', false],
    ['production', true],
  ])('is protected from deletion in %s: %s', (name, isProtected) => {
    expect(only(synth(environmentOf(name)), 'mongodbatlas_advanced_cluster')).toMatchObject({
      termination_protection_enabled: isProtected,
    });
  });

  it('has no change ignored: test/cdktf/scaling.test.ts tells what Atlas may scale', () => {
    expect(only(stack, 'mongodbatlas_advanced_cluster')).not.toHaveProperty('lifecycle');
  });

  it('is as many shards as the environment says', () => {
    const { cluster, ...environment } = environmentOf('production');
    const shards = { ...cluster, tier: 'M30', maxTier: 'M50', shards: 2 } as const;
    const sharded = synth({ ...environment, cluster: shards });

    expect(only(sharded, 'mongodbatlas_advanced_cluster')).toMatchObject({
      cluster_type: 'SHARDED',
      replication_specs: { length: 2 },
    });
  });

  it.each([
    ['development', 7, undefined],
    ['production', 30, 7],
  ])('keeps no backup of %s for more than %i days', { tags: 'long' }, (name, days, windowDays) => {
    const schedule = only(synth(environmentOf(name)), 'mongodbatlas_cloud_backup_schedule');

    expect(schedule).toMatchObject({
      cluster_name: `\${${addressOf(stack, 'mongodbatlas_advanced_cluster')}.name}`,
      update_snapshots: true,
      policy_item_daily: { frequency_interval: 1, retention_unit: 'days', retention_value: days },
    });
    expect(schedule.restore_window_days).toBe(windowDays);
    // The log is replayed from the snapshot before it.
    if (windowDays) {
      expect(schedule).toMatchObject({ policy_item_hourly: { retention_value: windowDays } });
    }
    expect(schedule).not.toHaveProperty('policy_item_monthly');
  });

  it('is read and written by a new version of the router when its shards change', {
    tags: 'long',
  }, () => {
    const { cluster, ...environment } = environmentOf('production');
    const descriptions = [undefined, 1, 2].map((shards) => {
      const changed = {
        ...cluster,
        tier: 'M30',
        maxTier: 'M50',
        ...(shards && { shards }),
      } as const;
      const other = synth({ ...environment, cluster: changed });
      return named(other, 'aws_lambda_function', 'router').description;
    });

    expect(new Set(descriptions).size).toBe(3);
  });

  it('has users without a password: the roles of the functions', () => {
    const users = all(stack, 'mongodbatlas_database_user');

    expect(users).toHaveLength(5);
    for (const user of users) {
      expect(user).toMatchObject({
        username: expect.stringMatching(/^\$\{aws_iam_role\.\w+\.arn\}$/),
        aws_iam_type: 'ROLE',
        auth_database_name: '$external',
        scopes: [{ type: 'CLUSTER' }],
      });
      expect(user).not.toHaveProperty('password');
    }
  });

  it.each(['events', 'series'])('lets the router read and write the collection %s', (name) => {
    expect(named(stack, 'mongodbatlas_database_user', 'router').roles).toContainEqual({
      database_name: 'events',
      collection_name: name,
      role_name: 'readWrite',
    });
  });

  it('lets the management of keys read and write the keys alone', () => {
    expect(named(stack, 'mongodbatlas_database_user', 'keys').roles).toEqual([
      { collection_name: 'keys', database_name: 'events', role_name: 'readWrite' },
    ]);
  });

  it('lets the migration shape two collections, and neither write nor remove an event', () => {
    const { actions } = only(stack, 'mongodbatlas_custom_db_role') as unknown as {
      actions: { action: string; resources: { database_name: string }[] }[];
    };

    expect(named(stack, 'mongodbatlas_database_user', 'migration').roles).toEqual([
      {
        database_name: 'admin',
        role_name: `\${${addressOf(stack, 'mongodbatlas_custom_db_role')}.role_name}`,
      },
    ]);
    expect(actions.map(({ action }) => action)).not.toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^(INSERT|UPDATE|REMOVE|DROP_COLL|DROP_DATA)/),
      ]),
    );
    for (const { resources } of actions) {
      expect(new Set(resources.map((of) => of.database_name))).toEqual(new Set(['events']));
    }
  });
});

import { AwsProvider } from '@cdktf/provider-aws/lib/provider/index.js';
import { MongodbatlasProvider } from '@cdktf/provider-mongodbatlas/lib/provider/index.js';
import { TerraformOutput, TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
import type { Contract } from '../openapi/contract.ts';
import { ProblemRedirects } from './api/problem-redirects.ts';
import { RestApi } from './api/rest-api.ts';
import { Atlas } from './database/atlas.ts';
import { DocsSite } from './docs/docs-site.ts';
import type { Environment } from './environment/environments.ts';
import { State } from './environment/state.ts';
import { validateEnvironments } from './environment/validate-environments.ts';
import { Variables } from './environment/variables.ts';
import { ApiFunction } from './functions/api-function.ts';
import { AuditTrail } from './functions/audit-trail.ts';
import { Image } from './functions/image.ts';
import { KeyManagement } from './functions/key-management.ts';
import { Migration } from './functions/migration.ts';
import { StreamFunction } from './functions/stream-function.ts';
import { Network } from './network/network.ts';
import { Alarms } from './watch/alarms.ts';

export type EventsStackProps = {
  readonly environment: Environment;
  readonly contract: Contract;
};

/** One deployment of the service: all of its resources on AWS and Atlas. */
export class EventsStack extends TerraformStack {
  constructor(scope: Construct, id: string, { environment, contract }: EventsStackProps) {
    super(scope, id);
    validateEnvironments([environment]);
    const name = `iot-events-${environment.name}`;
    const { cluster, region } = environment;

    // Which scripts/deploy/check/find-version-faults.ts explains.
    this.addOverride('terraform.required_version', '>= 1.11.0');
    new State(this, 'state', { name, state: environment.state });
    const variables = new Variables(this, 'variables', {
      environment: environment.name,
      atlasOrgId: environment.atlasOrgId,
    });
    const { atlasOrgId, imageTag, ...keys } = variables;
    const tags = { Service: 'iot-events-api', Environment: environment.name };
    new AwsProvider(this, 'aws', { region, defaultTags: [{ tags }] });
    // Reads its keys from MONGODB_ATLAS_PUBLIC_KEY and MONGODB_ATLAS_PRIVATE_KEY.
    new MongodbatlasProvider(this, 'mongodbatlas');

    const network = new Network(this, 'network', {
      name,
      cidr: environment.cidr,
      logDays: environment.functions.logDays,
    });
    const atlas = new Atlas(this, 'atlas', { name, orgId: atlasOrgId, region, network, cluster });
    const image = new Image(this, 'image', { name, tag: imageTag, protected: cluster.protected });
    const parts = { name, image, network, atlas, environment };
    const migration = new Migration(this, 'migration', parts);
    const { apiKey, apiKeyHash } = keys;
    const router = new ApiFunction(this, 'router', { ...parts, migration, apiKeyHash });
    const streaming = { ...parts, migration, apiKeyHash, region };
    const streams = {
      export: new StreamFunction(this, 'export', { ...streaming, kind: 'export' }),
      live: new StreamFunction(this, 'live', { ...streaming, kind: 'live' }),
    };
    const api = new RestApi(this, 'api', { name, contract, router, streams, environment, apiKey });
    new Alarms(this, 'alarms', { name, api, router, region, environment });

    output(this, 'api_url', `${api.url}/events`, 'Where devices send events');
    const logs = { router: router.log };
    if (api.key) {
      const command = 'aws apigateway get-api-key --include-value --api-key';
      output(this, 'api_key_id', api.key.key.id, command);
    } else {
      const keyManagement = new KeyManagement(this, 'keys', parts);
      const { functionName } = keyManagement;
      output(this, 'keys_function', functionName, 'The function that npm run keys invokes');
      Object.assign(logs, { keys: keyManagement.log });
    }
    new AuditTrail(this, 'audit', { name, image, network, environment, logs });
    if (api.domain)
      output(this, 'domain_target', api.domain.target, "The target of the domain's CNAME record");
    if (environment.docs) {
      const docs = new DocsSite(this, 'docs', { name, docs: environment.docs, api });
      output(this, 'docs_url', docs.url, 'The docs for client teams');
      output(this, 'dashboard_url', `${docs.url}/dashboard/`, 'The dashboard');
      if (environment.docs !== true)
        output(this, 'docs_target', docs.target, "The target of the docs domain's CNAME record");
      if (api.domain)
        new ProblemRedirects(this, 'problems', { name, domain: api.domain, docsUrl: docs.url });
    }
    output(this, 'image_repository', image.repository.repositoryUrl, "The image's repository");
  }
}

function output(stack: TerraformStack, id: string, value: string, description: string): void {
  new TerraformOutput(stack, id, { value, description });
}

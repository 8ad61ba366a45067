import { ApiGatewayDeployment } from '@cdktf/provider-aws/lib/api-gateway-deployment/index.js';
import { ApiGatewayRestApi } from '@cdktf/provider-aws/lib/api-gateway-rest-api/index.js';
import type { ApiGatewayStage } from '@cdktf/provider-aws/lib/api-gateway-stage/index.js';
import { LambdaPermission } from '@cdktf/provider-aws/lib/lambda-permission/index.js';
import { Fn } from 'cdktf';
import { Construct } from 'constructs';
import { major } from 'semver';
import type { Contract } from '../../openapi/contract.ts';
import { toImportDocument } from '../../openapi/import/to-import-document.ts';
import type { StreamKind } from '../../src/names/stream-kinds.ts';
import type { Environment } from '../environment/environments.ts';
import type { ApiFunction } from '../functions/api-function.ts';
import type { StreamFunction } from '../functions/stream-function.ts';
import { ApiKey } from './api-key.ts';
import { CustomDomain } from './custom-domain.ts';
import { Stage } from './stage.ts';
import { toBody } from './to-body.ts';
import { WebFirewall } from './web-firewall.ts';

export type RestApiProps = {
  readonly name: string;
  readonly contract: Contract;
  readonly router: ApiFunction;
  readonly streams: Record<StreamKind, StreamFunction>;
  readonly environment: Environment;
  /** A null makes AWS choose one. */
  readonly apiKey: string;
};

/** The API on API Gateway, imported from the contract. */
export class RestApi extends Construct {
  readonly api: ApiGatewayRestApi;
  readonly stage: ApiGatewayStage;
  /** Only if API Gateway checks the keys (`plan`). */
  readonly key: ApiKey | undefined;
  readonly domain: CustomDomain | undefined;
  readonly url: string;
  /** The scheme and host of the URL. */
  readonly origin: string;

  constructor(
    scope: Construct,
    id: string,
    { name, contract, router, streams, ...props }: RestApiProps,
  ) {
    super(scope, id);
    const { environment } = props;
    const { corsOrigins, keys } = environment.api;
    const document = toImportDocument(contract, {
      functionUri: router.live.invokeArn,
      streamUris: { export: streams.export.streamingUri, live: streams.live.streamingUri },
      keys,
      ...(corsOrigins && { corsOrigins }),
    });
    this.api = new ApiGatewayRestApi(this, 'api', {
      name,
      description: contract.info.title,
      body: toBody(this, document),
      // Otherwise API Gateway ignores what it cannot import (fact 4).
      failOnWarnings: true,
      // Removes paths that the contract no longer has (fact 64).
      putRestApiMode: 'overwrite',
      endpointConfiguration: { types: ['REGIONAL'] },
    });
    const permission = new LambdaPermission(this, 'permission', {
      action: 'lambda:InvokeFunction',
      functionName: router.function.functionName,
      qualifier: router.live.name,
      principal: 'apigateway.amazonaws.com',
      sourceArn: `${this.api.executionArn}/${environment.name}/*`,
    });
    const streamPermissions = Object.entries(streams).map(
      ([kind, stream]) =>
        new LambdaPermission(this, `permission-${kind}`, {
          // It covers InvokeWithResponseStream, too (fact 69).
          action: 'lambda:InvokeFunction',
          functionName: stream.function.functionName,
          qualifier: stream.live.name,
          principal: 'apigateway.amazonaws.com',
          sourceArn: `${this.api.executionArn}/${environment.name}/*`,
        }),
    );
    const deployment = new ApiGatewayDeployment(this, 'deployment', {
      restApiId: this.api.id,
      // A stage serves a copy of the API, which only a new deployment replaces (fact 63).
      triggers: { body: Fn.sha1(this.api.body) },
      lifecycle: { createBeforeDestroy: true },
      dependsOn: [permission, ...streamPermissions],
    });
    const { stage } = new Stage(this, 'stage', { name, api: this.api, deployment, environment });
    this.stage = stage;
    if (keys === 'plan') {
      const limits = environment.api;
      this.key = new ApiKey(this, 'key', { name, stage, limits, value: props.apiKey });
    }
    const { domain, firewall, rate } = environment.api;
    if (firewall) new WebFirewall(this, 'firewall', { name, stage, rate });
    // The next major version gets a base path of its own, beside this one.
    const basePath = `v${major(contract.info.version)}`;
    if (domain) this.domain = new CustomDomain(this, 'domain', { stage, domain, basePath });
    this.url = this.domain?.url ?? stage.invokeUrl;
    const host = domain?.name ?? `${this.api.id}.execute-api.${environment.region}.amazonaws.com`;
    this.origin = `https://${host}`;
  }
}

import { ApiGatewayBasePathMapping } from '@cdktf/provider-aws/lib/api-gateway-base-path-mapping/index.js';
import { ApiGatewayDeployment } from '@cdktf/provider-aws/lib/api-gateway-deployment/index.js';
import { ApiGatewayMethodSettings } from '@cdktf/provider-aws/lib/api-gateway-method-settings/index.js';
import { ApiGatewayRestApi } from '@cdktf/provider-aws/lib/api-gateway-rest-api/index.js';
import { ApiGatewayStage } from '@cdktf/provider-aws/lib/api-gateway-stage/index.js';
import { Fn } from 'cdktf';
import { Construct } from 'constructs';
import { problemTypes } from '../../generated/problem-types.ts';
import { toGatewayResponses } from '../../openapi/import/to-gateway-responses.ts';
import type { CustomDomain } from './custom-domain.ts';
import { toBody } from './to-body.ts';

export type ProblemRedirectsProps = {
  readonly name: string;
  readonly domain: CustomDomain;
  readonly docsUrl: string;
};

/**
 * Redirects /problems/<type>, the `type` of the API's problems, to the page in the docs. It is an API of its own,
 * since the contract does not have these paths, and needs a custom domain, where the root of the host is ours.
 */
export class ProblemRedirects extends Construct {
  constructor(scope: Construct, id: string, { name, domain, docsUrl }: ProblemRedirectsProps) {
    super(scope, id);
    const api = new ApiGatewayRestApi(this, 'api', {
      name: `${name}-problems`,
      description: 'Redirects problem types to their pages',
      body: toBody(this, toDocument(docsUrl)),
      failOnWarnings: true,
      putRestApiMode: 'overwrite',
      endpointConfiguration: { types: ['REGIONAL'] },
    });
    const deployment = new ApiGatewayDeployment(this, 'deployment', {
      restApiId: api.id,
      triggers: { body: Fn.sha1(api.body) },
      lifecycle: { createBeforeDestroy: true },
    });
    const stage = new ApiGatewayStage(this, 'stage', {
      restApiId: api.id,
      deploymentId: deployment.id,
      stageName: 'problems',
    });
    // All APIs share the account's rate (fact 55): this one must not use it up.
    new ApiGatewayMethodSettings(this, 'settings', {
      restApiId: api.id,
      stageName: stage.stageName,
      methodPath: '*/*',
      settings: { throttlingRateLimit: 10, throttlingBurstLimit: 20 },
    });
    new ApiGatewayBasePathMapping(this, 'mapping', {
      domainName: domain.name,
      basePath: 'problems',
      apiId: api.id,
      stageName: stage.stageName,
    });
  }
}

const toDocument = (docsUrl: string) => ({
  openapi: '3.0.1',
  info: { title: 'Problems', version: '1' },
  paths: Object.fromEntries(
    Object.keys(problemTypes).map((type) => [
      `/${type}`,
      { get: toRedirect(`${docsUrl}/problems/${type}/`) },
    ]),
  ),
  'x-amazon-apigateway-gateway-responses': toGatewayResponses({}),
});

/** A GET that API Gateway itself answers with a redirect. */
const toRedirect = (location: string): object => ({
  responses: {
    '308': { description: 'The page', headers: { Location: { schema: { type: 'string' } } } },
  },
  security: [],
  'x-amazon-apigateway-integration': {
    type: 'mock',
    requestTemplates: { 'application/json': '{"statusCode":308}' },
    responses: {
      default: {
        statusCode: '308',
        responseParameters: { 'method.response.header.Location': `'${location}'` },
      },
    },
  },
});

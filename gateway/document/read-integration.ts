import type { Integration, IntegrationResponse } from './api.ts';
import type { Cursor } from './cursor.ts';

/** Reads an `x-amazon-apigateway-integration`; undefined if there is none. */
export const readIntegration = (integration: Cursor): Integration | undefined => {
  if (integration.value === undefined) return undefined;
  const members = integration.entries();
  return {
    place: integration.place,
    type: (integration.get('type').text() ?? '').toLowerCase(),
    httpMethod: integration.get('httpMethod').text(),
    uri: integration.get('uri').text(),
    timeoutInMillis: integration.get('timeoutInMillis').number(),
    responseTransferMode: integration.get('responseTransferMode').text(),
    passthroughBehavior: integration.get('passthroughBehavior').text(),
    connectionType: integration.get('connectionType').text(),
    connectionId: integration.get('connectionId').text(),
    credentials: integration.get('credentials').text(),
    cacheKeyParameters: integration
      .get('cacheKeyParameters')
      .items()
      .flatMap((parameter) => parameter.text() ?? []),
    contentHandling: integration.get('contentHandling').text(),
    requestParameters: integration.get('requestParameters').texts(),
    requestTemplates: integration.get('requestTemplates').texts(),
    responses: new Map(
      integration
        .get('responses')
        .entries()
        .map(([pattern, response]) => [pattern, readResponse(response)]),
    ),
    members: new Map(members.map(([name, { value }]) => [name, value])),
  };
};

const readResponse = (response: Cursor): IntegrationResponse => ({
  place: response.place,
  statusCode: response.get('statusCode').text(),
  responseParameters: response.get('responseParameters').texts(),
  responseTemplates: response.get('responseTemplates').texts(),
  contentHandling: response.get('contentHandling').text(),
});

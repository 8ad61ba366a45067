import { findUriFault } from './find-uri-fault.ts';
import { onIntegrations } from './on-integrations.ts';
import type { Rule } from './rule.ts';

const ROLE =
  /^arn:(?:[^:]+|\$\{AWS::Partition\}):iam::(\d+|\*|\$\{AWS::AccountId\}):(role|user)\/.+$/;
const FUNCTIONS_AND_STREAMS = /:(lambda|firehose):(path|action)\//;
const STAGE_VARIABLE = /\$\{stageVariables\.([^}]*)\}/g;

/** Rules on where an integration leads, and as whom it is called. */
export const integrationTargetRules: Rule[] = [
  onIntegrations(33, 'refused', ({ type, uri, httpMethod }) =>
    type.startsWith('aws') &&
    uri?.includes(':lambda:path/') &&
    httpMethod &&
    httpMethod.toUpperCase() !== 'POST'
      ? [['httpMethod', `is ${httpMethod}: write POST, by which Lambda is called in any case`]]
      : [],
  ),
  onIntegrations(33, 'refused', ({ type, uri }) => {
    const fault = findUriFault(type, uri);
    return fault === undefined ? [] : [['uri', fault]];
  }),
  onIntegrations(103, 'refused', ({ type, uri = '' }) =>
    type === 'aws_proxy' && uri.includes(':apigateway:') && !FUNCTIONS_AND_STREAMS.test(uri)
      ? [['type', 'is aws_proxy: only functions and streams of Firehose have it; write aws']]
      : [],
  ),
  onIntegrations(103, 'refused', ({ type, uri = '', credentials }) =>
    type === 'aws' && credentials === undefined && !uri.includes(':lambda:path/')
      ? [['credentials', 'is missing: every service but Lambda needs the ARN of a role']]
      : [],
  ),
  onIntegrations(103, 'refused', ({ credentials }) =>
    credentials === undefined || ROLE.test(credentials) || credentials.includes('${stageVariables.')
      ? []
      : [['credentials', `is ${credentials}: write the ARN of a role`]],
  ),
  onIntegrations(103, 'refused', ({ connectionType, connectionId }) =>
    connectionType?.toUpperCase() === 'VPC_LINK' && !connectionId
      ? [['connectionId', 'is missing: add the id of the VPC link']]
      : [],
  ),
  onIntegrations(97, 'refused', ({ uri, credentials, connectionId }) =>
    Object.entries({ uri, credentials, connectionId }).flatMap(
      ([member, text = '']): [string, string][] =>
        [...text.matchAll(STAGE_VARIABLE)]
          .filter(([, name = '']) => !/^\w+$/.test(name))
          .map(([, name]) => [
            member,
            `has the stage variable ${name}: use letters, digits and underscores`,
          ]),
    ),
  ),
];

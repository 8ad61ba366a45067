import type { Api, Integration, Method } from '../../document/api.ts';
import { toJsonPointer } from '../../document/cursor.ts';
import type { GatewaySettings } from '../gateway-settings.ts';
import { readOriginTemplate } from '../integration/read-origin-template.ts';
import type { Reason } from './document-refused.ts';
import { findHttpFault } from './find-http-fault.ts';
import { findUnsimulatedExtensions } from './find-unsimulated-extensions.ts';

type Options = Pick<GatewaySettings, 'allowedOrigins' | 'authorizer' | 'stage'>;

/** Finds what AWS would do for a document and this gateway does not. */
export const findUnsimulated = (api: Api, options: Options): Reason[] => [
  ...findVersion(api),
  ...findUnsimulatedExtensions(api.document, options.authorizer !== undefined),
  ...api.methods.flatMap((method) => [
    ...(options.authorizer ? [] : findAuthorizers(method, api)),
    ...(method.integration ? findIntegrationFaults(method.integration, options) : []),
  ]),
];

function findVersion({ document }: Api): Reason[] {
  const { swagger } = document;
  return swagger === undefined
    ? []
    : [
        {
          place: '/swagger',
          message: `is ${typeof swagger === 'object' ? 'there' : swagger}: AWS imports OpenAPI 2.0, this gateway serves 3.0 alone; convert the document`,
        },
      ];
}

const findAuthorizers = ({ place, security = [] }: Method, { securitySchemes }: Api): Reason[] =>
  [...new Set(security.flat())].flatMap((name) => {
    const authorizer = securitySchemes.get(name)?.authorizer;
    return authorizer
      ? [
          {
            place: `${place}/security`,
            message: `requires the authorizer ${name} (${authorizer}), which AWS would ask: give its context as a fixed value (authorizer)`,
          },
        ]
      : [];
  });

function findIntegrationFaults(integration: Integration, options: Options): Reason[] {
  const { place, type, uri = '', connectionType, members, contentHandling } = integration;
  const faults: [member: string, message: string | undefined][] = [
    ['type', findTypeFault(type)],
    [
      'uri',
      type === 'aws_proxy' && !uri.includes(':lambda:path/') && !uri.startsWith('${')
        ? `is ${uri}: AWS would call this service; only functions are called here`
        : undefined,
    ],
    [
      'connectionType',
      connectionType?.toUpperCase() === 'VPC_LINK'
        ? 'is VPC_LINK: AWS would go through it; use http_proxy to an address that you allow'
        : undefined,
    ],
    [
      'contentHandling',
      contentHandling === 'CONVERT_TO_BINARY' && type !== 'aws_proxy'
        ? 'is CONVERT_TO_BINARY: AWS would convert the body; leave it out'
        : undefined,
    ],
    [
      'payloadFormatVersion',
      isVersion2(members.get('payloadFormatVersion'))
        ? 'is 2.0, which belongs to HTTP APIs: AWS imports it as one; this gateway serves REST APIs alone'
        : undefined,
    ],
    [
      'tlsConfig',
      members.has('tlsConfig') ? 'would change how AWS checks certificates' : undefined,
    ],
    ['uri', type === 'http_proxy' ? findHttpFault(integration, options) : undefined],
  ];
  return [
    ...faults.flatMap(([member, message]) =>
      message === undefined ? [] : [{ place: `${place}/${member}`, message }],
    ),
    ...(type === 'mock' ? findCode(integration) : []),
  ];
}

const isVersion2 = (version: unknown): boolean =>
  (typeof version === 'string' || typeof version === 'number') && Number(version) === 2;

function findTypeFault(type: string): string | undefined {
  switch (type) {
    case 'aws':
      return 'is aws: AWS would map request and reply by templates (VTL); use aws_proxy';
    case 'http':
      return 'is http: AWS would map request and reply by templates (VTL); use http_proxy';
    default:
      return undefined;
  }
}

/** Finds templates that are not constant: variables, and directives of VTL. */
function findCode({ place, requestTemplates, responses }: Integration): Reason[] {
  const templates = [
    ...[...requestTemplates].map(([type, text]) => ({
      place: `${place}${toJsonPointer('requestTemplates', type)}`,
      text,
    })),
    ...[...responses.values()].flatMap((response) =>
      [...response.responseTemplates].map(([type, text]) => ({
        place: `${response.place}${toJsonPointer('responseTemplates', type)}`,
        text,
      })),
    ),
  ];
  return templates
    .filter(({ text }) => /\$[!{\w]|#[\w@#*[{]/.test(text) && !readOriginTemplate(text))
    .map(({ place: at }) => ({
      place: at,
      message: 'has code, which AWS would run (VTL): write constant text, or use a function',
    }));
}

import type { ApiGatewayStage } from '@cdktf/provider-aws/lib/api-gateway-stage/index.js';
import { Wafv2WebAcl } from '@cdktf/provider-aws/lib/wafv2-web-acl/index.js';
import { Wafv2WebAclAssociation } from '@cdktf/provider-aws/lib/wafv2-web-acl-association/index.js';
import { Construct } from 'constructs';
import { problemTypes } from '../../generated/problem-types.ts';

export type WebFirewallProps = {
  readonly name: string;
  readonly stage: ApiGatewayStage;
  /** Requests per second of all clients. */
  readonly rate: number;
};

const WINDOW_SECONDS = 60;
// The share of the API's rate that an address may use up without a key: browsers ask before they send one.
const SHARE = 0.1;
// WAF's own least limit.
const LEAST = 10;

/** The form of a key that `npm run keys` creates, or of a plain one; WAF cannot compute the checksum. */
export const KEY_FORM = '^(iot_[0-9a-f]{12}_[0-9A-Za-z_-]{49}|[0-9A-Za-z]{20,128})$';

/**
 * A web firewall that holds back floods at the price of a look at each request: an address that sends too many
 * requests without a well-formed key is answered 429, before anything is parsed or logged.
 *
 * Requests with such a key do not count, whatever their address is, since a fleet may be behind one address of a
 * carrier. For the same reason, AWS's lists of addresses with a bad name are not used, nor its lists of known bad
 * inputs: they read bodies, and a device may report any text.
 */
export class WebFirewall extends Construct {
  constructor(scope: Construct, id: string, { name, stage, rate }: WebFirewallProps) {
    super(scope, id);
    const answer = 'too-many-requests';
    const acl = new Wafv2WebAcl(this, 'acl', {
      name,
      scope: 'REGIONAL',
      defaultAction: { allow: {} },
      visibilityConfig: toVisibility(name),
      customResponseBody: [
        { key: answer, content: toProblem(answer), contentType: 'APPLICATION_JSON' },
      ],
      rule: [
        {
          name: 'strangers',
          priority: 0,
          action: {
            block: {
              customResponse: {
                responseCode: problemTypes[answer].status,
                customResponseBodyKey: answer,
                responseHeader: toHeaders(),
              },
            },
          },
          statement: {
            rate_based_statement: {
              aggregate_key_type: 'IP',
              evaluation_window_sec: WINDOW_SECONDS,
              limit: Math.max(LEAST, Math.ceil(rate * SHARE * WINDOW_SECONDS)),
              scope_down_statement: { not_statement: { statement: [HAS_KEY] } },
            },
          },
          visibilityConfig: toVisibility(`${name}-strangers`),
        },
      ],
    });
    new Wafv2WebAclAssociation(this, 'association', {
      resourceArn: stage.arn,
      webAclArn: acl.arn,
    });
  }
}

const HAS_KEY = {
  regex_match_statement: {
    regex_string: KEY_FORM,
    field_to_match: { single_header: { name: 'x-api-key' } },
    text_transformation: [{ priority: 0, type: 'NONE' }],
  },
};

/** WAF sets the content type itself, and knows neither our media type nor the id of the request. */
function toProblem(type: keyof typeof problemTypes): string {
  const { title, status } = problemTypes[type];
  const detail = 'Too many requests without an API key came from this address';
  return JSON.stringify({ type: `/problems/${type}`, title, status, detail });
}

/** Pages of any origin may read this answer: it tells nothing. */
function toHeaders(): { name: string; value: string }[] {
  const headers = {
    'Retry-After': String(WINDOW_SECONDS),
    'Cache-Control': 'no-store',
    'Access-Control-Allow-Origin': '*',
    'Access-Control-Expose-Headers': 'Retry-After',
  };
  return Object.entries(headers).map(([name, value]) => ({ name, value }));
}

const toVisibility = (metricName: string) => ({
  metricName,
  cloudwatchMetricsEnabled: true,
  sampledRequestsEnabled: true,
});

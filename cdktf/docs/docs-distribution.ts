import { CloudfrontDistribution } from '@cdktf/provider-aws/lib/cloudfront-distribution/index.js';
import { CloudfrontFunction } from '@cdktf/provider-aws/lib/cloudfront-function/index.js';
import { CloudfrontOriginAccessControl } from '@cdktf/provider-aws/lib/cloudfront-origin-access-control/index.js';
import { CloudfrontResponseHeadersPolicy } from '@cdktf/provider-aws/lib/cloudfront-response-headers-policy/index.js';
import type { S3Bucket } from '@cdktf/provider-aws/lib/s3-bucket/index.js';
import { Construct } from 'constructs';
import type { Environment } from '../environment/environments.ts';
import { NO_FRAMES, toDashboardPolicy } from './dashboard-policy.ts';
import { DOCS_FUNCTION } from './docs-function.ts';
import { DOCS_HEADERS } from './docs-headers.ts';

export type DocsDistributionProps = {
  readonly name: string;
  readonly bucket: S3Bucket;
  readonly docs: Environment['docs'];
  /** Where the dashboard may send requests. */
  readonly apiOrigin: string;
  /** A condition in Terraform's language: whether the files were built. */
  readonly isBuilt: string;
};

// The id of AWS's policy Managed-CachingOptimized.
const CACHING_OPTIMIZED = '658327ea-f89d-4fab-a63d-7e88639e58f6';
const YEAR_SECONDS = 31_536_000;

/** The CloudFront distribution that serves the docs, and the dashboard below /dashboard/. */
export class DocsDistribution extends Construct {
  readonly distribution: CloudfrontDistribution;

  constructor(
    scope: Construct,
    id: string,
    { name, bucket, docs, ...props }: DocsDistributionProps,
  ) {
    super(scope, id);
    const access = new CloudfrontOriginAccessControl(this, 'access', {
      name: `${name}-docs`,
      originAccessControlOriginType: 's3',
      signingBehavior: 'always',
      signingProtocol: 'sigv4',
    });
    const paths = new CloudfrontFunction(this, 'paths', {
      name: `${name}-docs`,
      runtime: 'cloudfront-js-2.0',
      code: DOCS_FUNCTION,
    });
    const own = typeof docs === 'object' ? docs : undefined;
    const origin = 'docs';
    const toBehavior = (headers: CloudfrontResponseHeadersPolicy) => ({
      targetOriginId: origin,
      viewerProtocolPolicy: 'redirect-to-https',
      allowedMethods: ['GET', 'HEAD'],
      cachedMethods: ['GET', 'HEAD'],
      compress: true,
      cachePolicyId: CACHING_OPTIMIZED,
      responseHeadersPolicyId: headers.id,
      functionAssociation: [{ eventType: 'viewer-request', functionArn: paths.arn }],
    });
    const dashboardPolicy = toDashboardPolicy([props.apiOrigin]) + NO_FRAMES;
    this.distribution = new CloudfrontDistribution(this, 'distribution', {
      enabled: true,
      isIpv6Enabled: true,
      comment: `${name}: the docs and the dashboard`,
      defaultRootObject: 'index.html',
      priceClass: 'PriceClass_100',
      ...(own && { aliases: [own.domain] }),
      origin: [
        {
          originId: origin,
          domainName: bucket.bucketRegionalDomainName,
          originAccessControlId: access.id,
        },
      ],
      defaultCacheBehavior: toBehavior(
        this.createHeaders('headers', `${name}-docs`, DOCS_HEADERS['Content-Security-Policy']),
      ),
      orderedCacheBehavior: [
        {
          pathPattern: '/dashboard/*',
          ...toBehavior(
            this.createHeaders('dashboard-headers', `${name}-dashboard`, dashboardPolicy),
          ),
        },
      ],
      // S3 answers 403 for a missing object, since CloudFront may not list the bucket.
      customErrorResponse: [403, 404].map((errorCode) => ({
        errorCode,
        responseCode: 404,
        responsePagePath: '/404.html',
        errorCachingMinTtl: 60,
      })),
      restrictions: { geoRestriction: { restrictionType: 'none' } },
      viewerCertificate: own
        ? {
            acmCertificateArn: own.certificateArn,
            sslSupportMethod: 'sni-only',
            minimumProtocolVersion: 'TLSv1.2_2021',
          }
        : { cloudfrontDefaultCertificate: true },
      lifecycle: {
        precondition: [
          {
            condition: `\${${props.isBuilt}}`,
            errorMessage: 'dist/docs/ or dist/dashboard/ does not exist: run npm run docs',
          },
        ],
      },
    });
  }

  private createHeaders(
    id: string,
    name: string,
    contentSecurityPolicy: string,
  ): CloudfrontResponseHeadersPolicy {
    const { 'Referrer-Policy': referrerPolicy } = DOCS_HEADERS;
    return new CloudfrontResponseHeadersPolicy(this, id, {
      name,
      securityHeadersConfig: {
        contentSecurityPolicy: { contentSecurityPolicy, override: true },
        contentTypeOptions: { override: true },
        frameOptions: { frameOption: 'DENY', override: true },
        referrerPolicy: { referrerPolicy, override: true },
        strictTransportSecurity: { accessControlMaxAgeSec: YEAR_SECONDS, override: true },
      },
    });
  }
}

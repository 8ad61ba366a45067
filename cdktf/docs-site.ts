import { createHash } from 'node:crypto';
import { CloudfrontDistribution } from '@cdktf/provider-aws/lib/cloudfront-distribution/index.js';
import { CloudfrontOriginAccessControl } from '@cdktf/provider-aws/lib/cloudfront-origin-access-control/index.js';
import { S3Bucket } from '@cdktf/provider-aws/lib/s3-bucket/index.js';
import { S3BucketPolicy } from '@cdktf/provider-aws/lib/s3-bucket-policy/index.js';
import { S3BucketPublicAccessBlock } from '@cdktf/provider-aws/lib/s3-bucket-public-access-block/index.js';
import { S3Object } from '@cdktf/provider-aws/lib/s3-object/index.js';
import { Construct } from 'constructs';
import type { Contract } from './import-document.ts';

export type DocsSiteProps = {
  readonly name: string;
  readonly contract: Contract;
};

// As seen from cdktf.out/stacks/<environment>, where Terraform runs; scripts/make-docs.ts writes it.
const PAGE = '../../../dist/docs/index.html';
// AWS's own policies: Managed-CachingOptimized and Managed-SecurityHeadersPolicy.
const CACHING_OPTIMIZED = '658327ea-f89d-4fab-a63d-7e88639e58f6';
const SECURITY_HEADERS = '67f7725c-6f97-4210-82d7-5512b31e9d03';

/** The contract's page for client teams: a private bucket that CloudFront alone reads. */
export class DocsSite extends Construct {
  readonly url: string;

  constructor(scope: Construct, id: string, { name, contract }: DocsSiteProps) {
    super(scope, id);
    const bucket = new S3Bucket(this, 'bucket', {
      bucketPrefix: `${name}-docs-`,
      forceDestroy: true,
    });
    const isPrivate = new S3BucketPublicAccessBlock(this, 'private', {
      bucket: bucket.id,
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    });
    new S3Object(this, 'page', {
      bucket: bucket.id,
      key: 'index.html',
      source: PAGE,
      // The page is made from the contract: another contract is another page.
      sourceHash: createHash('sha256').update(JSON.stringify(contract)).digest('hex'),
      contentType: 'text/html; charset=utf-8',
      cacheControl: 'max-age=300',
    });
    const distribution = this.createDistribution(name, bucket);
    new S3BucketPolicy(this, 'policy', {
      bucket: bucket.id,
      policy: JSON.stringify(toPolicy(bucket, distribution)),
      dependsOn: [isPrivate],
    });
    this.url = `https://${distribution.domainName}`;
  }

  private createDistribution(name: string, bucket: S3Bucket): CloudfrontDistribution {
    const access = new CloudfrontOriginAccessControl(this, 'access', {
      name: `${name}-docs`,
      originAccessControlOriginType: 's3',
      signingBehavior: 'always',
      signingProtocol: 'sigv4',
    });
    const origin = 'docs';
    return new CloudfrontDistribution(this, 'distribution', {
      enabled: true,
      isIpv6Enabled: true,
      comment: `${name}: the API's reference`,
      defaultRootObject: 'index.html',
      priceClass: 'PriceClass_100',
      origin: [
        {
          originId: origin,
          domainName: bucket.bucketRegionalDomainName,
          originAccessControlId: access.id,
        },
      ],
      defaultCacheBehavior: {
        targetOriginId: origin,
        viewerProtocolPolicy: 'redirect-to-https',
        allowedMethods: ['GET', 'HEAD'],
        cachedMethods: ['GET', 'HEAD'],
        compress: true,
        cachePolicyId: CACHING_OPTIMIZED,
        responseHeadersPolicyId: SECURITY_HEADERS,
      },
      restrictions: { geoRestriction: { restrictionType: 'none' } },
      viewerCertificate: { cloudfrontDefaultCertificate: true },
    });
  }
}

const toPolicy = (bucket: S3Bucket, distribution: CloudfrontDistribution): object => ({
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Principal: { Service: 'cloudfront.amazonaws.com' },
      Action: 's3:GetObject',
      Resource: `${bucket.arn}/*`,
      Condition: { StringEquals: { 'AWS:SourceArn': distribution.arn } },
    },
  ],
});

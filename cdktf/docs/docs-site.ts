import { S3Bucket } from '@cdktf/provider-aws/lib/s3-bucket/index.js';
import { S3BucketPolicy } from '@cdktf/provider-aws/lib/s3-bucket-policy/index.js';
import { S3BucketPublicAccessBlock } from '@cdktf/provider-aws/lib/s3-bucket-public-access-block/index.js';
import { Construct } from 'constructs';
import type { Environment } from '../environment/environments.ts';
import { DashboardFiles } from './dashboard-files.ts';
import { DocsDistribution } from './docs-distribution.ts';
import { SiteFiles } from './site-files.ts';

export type DocsSiteProps = {
  readonly name: string;
  readonly docs: Environment['docs'];
  /** The API that the dashboard shows. */
  readonly api: { readonly url: string; readonly origin: string };
};

// scripts/docs/build-docs.ts writes it.
const FOLDER = '../../../dist/docs';

/** The docs for client teams, and the dashboard, in a private bucket that only CloudFront can read. */
export class DocsSite extends Construct {
  readonly url: string;
  /** The target for a custom domain's CNAME record, which the operator creates at the DNS provider. */
  readonly target: string;

  constructor(scope: Construct, id: string, { name, docs, api }: DocsSiteProps) {
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
    const { files } = new SiteFiles(this, 'docs', { bucket, prefix: '', folder: FOLDER });
    const dashboard = new DashboardFiles(this, 'dashboard', { bucket, apiUrl: api.url });
    const { distribution } = new DocsDistribution(this, 'cdn', {
      name,
      bucket,
      docs,
      apiOrigin: api.origin,
      isBuilt: `contains(keys(${files.fqn}), "index.html") && ${dashboard.exist}`,
    });
    new S3BucketPolicy(this, 'policy', {
      bucket: bucket.id,
      policy: JSON.stringify(toPolicy(bucket, distribution.arn)),
      dependsOn: [isPrivate],
    });
    this.target = distribution.domainName;
    this.url = `https://${typeof docs === 'object' ? docs.domain : distribution.domainName}`;
  }
}

const toPolicy = (bucket: S3Bucket, distributionArn: string): object => ({
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Principal: { Service: 'cloudfront.amazonaws.com' },
      Action: 's3:GetObject',
      Resource: `${bucket.arn}/*`,
      Condition: { StringEquals: { 'AWS:SourceArn': distributionArn } },
    },
  ],
});

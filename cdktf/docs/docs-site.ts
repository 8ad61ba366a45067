import { S3Bucket } from '@cdktf/provider-aws/lib/s3-bucket/index.js';
import { S3BucketPolicy } from '@cdktf/provider-aws/lib/s3-bucket-policy/index.js';
import { S3BucketPublicAccessBlock } from '@cdktf/provider-aws/lib/s3-bucket-public-access-block/index.js';
import { S3Object } from '@cdktf/provider-aws/lib/s3-object/index.js';
import { Fn, TerraformIterator } from 'cdktf';
import { Construct } from 'constructs';
import type { Environment } from '../environment/environments.ts';
import { DocsDistribution } from './docs-distribution.ts';

export type DocsSiteProps = {
  readonly name: string;
  readonly docs: Environment['docs'];
};

// Relative to cdktf.out/stacks/<environment>, where Terraform runs; scripts/docs/build-docs.ts writes it.
const FOLDER = '../../../dist/docs';
const CONTENT_TYPES = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
};

/**
 * The docs for client teams, in a private bucket that only CloudFront can read. Terraform lists the files when it
 * runs, so that a stack can be synthesised without them, and always looks the same.
 */
export class DocsSite extends Construct {
  readonly url: string;
  /** The target for a custom domain's CNAME record, which the operator creates at the DNS provider. */
  readonly target: string;

  constructor(scope: Construct, id: string, { name, docs }: DocsSiteProps) {
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
    const names = TerraformIterator.fromList(Fn.fileset(FOLDER, '**'));
    // Joined by Terraform: the name is a token, whose expression may not stand inside quotes.
    const path = Fn.join('/', [FOLDER, names.value]);
    const files = new S3Object(this, 'files', {
      forEach: names,
      bucket: bucket.id,
      key: names.value,
      source: path,
      sourceHash: Fn.filesha256(path),
      contentType: Fn.lookup(CONTENT_TYPES, Fn.regex('[.][a-z]+$', names.value)),
      // The name of an asset includes a hash of its content.
      cacheControl: `\${startswith(${names.value}, "assets/") ? "max-age=31536000, immutable" : "max-age=300"}`,
    });
    const { distribution } = new DocsDistribution(this, 'cdn', { name, bucket, files, docs });
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

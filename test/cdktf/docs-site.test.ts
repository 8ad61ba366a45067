import { describe, expect, it } from 'vitest';
import { addressOf, all, contract, environmentOf, only, synth } from './synth.ts';

const stack = synth();

describe('the docs site', () => {
  it('has its address among the outputs', () => {
    expect(stack.output.docs_url?.value).toBe(
      `https://\${${addressOf(stack, 'aws_cloudfront_distribution')}.domain_name}`,
    );
  });

  it('is a bucket that nobody but its own distribution reads', () => {
    const { policy } = only(stack, 'aws_s3_bucket_policy');

    expect(only(stack, 'aws_s3_bucket_public_access_block')).toMatchObject({
      block_public_acls: true,
      block_public_policy: true,
      ignore_public_acls: true,
      restrict_public_buckets: true,
    });
    expect(JSON.parse(policy as string).Statement).toEqual([
      {
        Effect: 'Allow',
        Principal: { Service: 'cloudfront.amazonaws.com' },
        Action: 's3:GetObject',
        Resource: `\${${addressOf(stack, 'aws_s3_bucket')}.arn}/*`,
        Condition: {
          StringEquals: {
            'AWS:SourceArn': `\${${addressOf(stack, 'aws_cloudfront_distribution')}.arn}`,
          },
        },
      },
    ]);
  });

  it('gets a new page when the contract changes', () => {
    const other = { ...contract, info: { ...contract.info, version: '2.0.0' } };
    const hashOf = (of: typeof stack) => only(of, 'aws_s3_object').source_hash;

    expect(hashOf(synth(undefined, other))).not.toBe(hashOf(stack));
    expect(hashOf(synth())).toBe(hashOf(stack));
  });

  it('is left out where the environment has no docs', () => {
    const off = synth({ ...environmentOf('production'), docs: false });

    expect(all(off, 'aws_cloudfront_distribution')).toEqual([]);
    expect(all(off, 'aws_s3_bucket')).toEqual([]);
    expect(off.output).not.toHaveProperty('docs_url');
  });
});

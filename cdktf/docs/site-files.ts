import type { S3Bucket } from '@cdktf/provider-aws/lib/s3-bucket/index.js';
import { S3Object } from '@cdktf/provider-aws/lib/s3-object/index.js';
import { Fn, TerraformIterator } from 'cdktf';
import { Construct } from 'constructs';

export type SiteFilesProps = {
  readonly bucket: S3Bucket;
  /** A path before the names of all files, such as `dashboard/`; empty for none. */
  readonly prefix: string;
  /** Relative to cdktf.out/stacks/<environment>, where Terraform runs. */
  readonly folder: string;
  /** Files that are not uploaded. */
  readonly except?: readonly string[];
};

const CONTENT_TYPES = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.map': 'application/json',
  '.svg': 'image/svg+xml',
  '.tgz': 'application/gzip',
  '.txt': 'text/plain; charset=utf-8',
  '.zip': 'application/zip',
};

/**
 * The files of a folder, in a bucket. Terraform lists them when it runs, so that a stack can be synthesised without
 * them, and always looks the same.
 */
export class SiteFiles extends Construct {
  /** By name. */
  readonly files: S3Object;

  constructor(scope: Construct, id: string, { bucket, prefix, folder, except }: SiteFilesProps) {
    super(scope, id);
    const found = Fn.fileset(folder, '**');
    const names = TerraformIterator.fromList(
      except ? Fn.setsubtract(Fn.toset(found), Fn.toset([...except])) : found,
    );
    // Joined by Terraform: the name is a token, whose expression may not stand inside quotes.
    const path = Fn.join('/', [folder, names.value]);
    this.files = new S3Object(this, 'files', {
      forEach: names,
      bucket: bucket.id,
      key: prefix ? Fn.join('', [prefix, names.value]) : names.value,
      source: path,
      sourceHash: Fn.filesha256(path),
      contentType: Fn.lookup(CONTENT_TYPES, Fn.regex('[.][a-z]+$', names.value)),
      // The name of an asset includes a hash of its content.
      cacheControl: `\${startswith(${names.value}, "assets/") ? "max-age=31536000, immutable" : "max-age=300"}`,
    });
  }
}

import type { S3Bucket } from '@cdktf/provider-aws/lib/s3-bucket/index.js';
import { S3Object } from '@cdktf/provider-aws/lib/s3-object/index.js';
import { Construct } from 'constructs';
import { SiteFiles } from './site-files.ts';

export type DashboardFilesProps = {
  readonly bucket: S3Bucket;
  /** The API's base URL, which the page then uses alone. */
  readonly apiUrl: string;
};

// scripts/local/pages/build-dashboard.ts writes it.
const FOLDER = '../../../dist/dashboard';
const PAGE = 'index.html';
/** What the page says of the API's URL until somebody fills it in: nothing. */
export const NO_API_URL = '<meta name="api-url" content="">';

/** The dashboard's files, below dashboard/. Its page names the API of this deployment. */
export class DashboardFiles extends Construct {
  /** A condition in Terraform's language: whether the dashboard was built. */
  readonly exist = `fileexists("${FOLDER}/${PAGE}")`;

  constructor(scope: Construct, id: string, { bucket, apiUrl }: DashboardFilesProps) {
    super(scope, id);
    new SiteFiles(this, 'rest', { bucket, prefix: 'dashboard/', folder: FOLDER, except: [PAGE] });
    const url = `<meta name=\\"api-url\\" content=\\"${apiUrl}\\">`;
    const page = `try(replace(file("${FOLDER}/${PAGE}"), ${JSON.stringify(NO_API_URL)}, "${url}"), "")`;
    new S3Object(this, 'page', {
      bucket: bucket.id,
      key: `dashboard/${PAGE}`,
      content: `\${${page}}`,
      contentType: 'text/html; charset=utf-8',
      cacheControl: 'max-age=300',
    });
  }
}

const ALIAS_ARN = 'arn:aws:lambda:eu-west-1:123456789012:function:streams:live';
const FUNCTION_URI =
  'arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/live/invocations';

export type Configuration = {
  terraform: object;
  provider: Record<string, object[]>;
  resource: Record<string, Record<string, Record<string, unknown>>>;
  variable: Record<string, object>;
};

/**
 * The AWS part alone, for the provider at hand: what Atlas or AWS would tell becomes an input, and no
 * credential is asked for.
 */
export const toOffline = (text: string, version: string | undefined): Configuration => {
  const answered = text
    .replace(/\$\{mongodbatlas_[^}]*\}/g, 'given-by-atlas')
    .replace(/data\.aws_availability_zones\.\w+\.names/g, 'var.zones')
    .replace(/data\.aws_vpc_endpoint_service\.\w+\.availability_zones/g, 'var.zones')
    .replace(/\$\{aws_lambda_alias\.\w+\.invoke_arn\}/g, FUNCTION_URI)
    .replace(/\$\{aws_lambda_alias\.\w+\.arn\}/g, ALIAS_ARN);
  const configuration = JSON.parse(answered, (key, value) =>
    key === 'depends_on'
      ? value.filter((address: string) => !address.startsWith('mongodbatlas_'))
      : value,
  ) as Configuration;
  const { resource, provider, variable } = configuration;
  return {
    terraform: { required_providers: { aws: { source: 'hashicorp/aws', version } } },
    provider: {
      aws: (provider.aws ?? []).map((aws) => ({
        ...aws,
        access_key: 'none',
        secret_key: 'none',
        skip_credentials_validation: true,
        skip_metadata_api_check: true,
        skip_requesting_account_id: true,
      })),
    },
    resource: Object.fromEntries(
      Object.entries(resource).filter(([type]) => type.startsWith('aws_')),
    ),
    variable: { ...variable, zones: { default: ['eu-west-1a', 'eu-west-1b', 'eu-west-1c'] } },
  };
};

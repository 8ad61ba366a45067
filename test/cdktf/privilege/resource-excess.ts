import type { Resource, Synthesised } from '../synth.ts';

type Rule = readonly [
  type: string,
  holds: (resource: Resource, place: string) => boolean,
  wrong: string,
];

// Policies that AWS keeps, and why each is no more than is needed.
const MANAGED = [
  // For API Gateway to write logs; AWS names this very one (fact 65).
  'arn:aws:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs',
];

const isOwn = (value: unknown): boolean => /^\$\{aws_\w+\.\w+\.\w+\}/.test(String(value));

/** What resources of a stack leave open beyond the least, each with its address. */
export const findResourceExcess = (stack: Synthesised): string[] => {
  const rules: Rule[] = [
    ['aws_iam_user', () => false, 'is a user: roles have no key that could leak'],
    ['aws_iam_access_key', () => false, 'is a key that could leak'],
    [
      'aws_iam_role',
      (role) => !('managed_policy_arns' in role),
      'has policies that nobody looked at',
    ],
    ['aws_iam_role_policy_attachment', isKnown, 'attaches a policy that nobody looked at'],
    ['aws_lambda_permission', ({ source_arn: of }) => isOwn(of), 'lets in calls for anyone'],
    ['aws_lambda_function_url', ({ authorization_type: of }) => of === 'AWS_IAM', 'is open to all'],
    ['aws_s3_bucket', (_, place) => isPrivate(stack, place), 'may be made public'],
    ['aws_cloudwatch_log_group', ({ retention_in_days: of }) => Number(of) > 0, 'keeps for ever'],
    ['aws_ecr_repository', isImmutable, 'lets an image be replaced, or does not scan it'],
  ];
  return [
    ...rules.flatMap(([type, holds, wrong]) =>
      Object.entries(stack.resource[type] ?? {})
        .filter(([id, resource]) => !holds(resource, `${type}.${id}`))
        .map(([id]) => `${type}.${id}: ${wrong}`),
    ),
    // It would be a policy that no test reads.
    ...Object.keys(stack.data?.aws_iam_policy_document ?? {}).map(
      (id) => `data.aws_iam_policy_document.${id}: is a policy out of sight`,
    ),
  ];
};

const isKnown = ({ policy_arn: arn }: Resource): boolean => MANAGED.includes(String(arn));

const isImmutable = (repository: Resource): boolean => {
  const scanning = repository.image_scanning_configuration as
    | { scan_on_push?: boolean }
    | undefined;
  return repository.image_tag_mutability === 'IMMUTABLE' && scanning?.scan_on_push === true;
};

function isPrivate(stack: Synthesised, bucket: string): boolean {
  const blocks = Object.values(stack.resource.aws_s3_bucket_public_access_block ?? {});
  const own = blocks.find((block) => block.bucket === `\${${bucket}.id}`);
  return (
    own !== undefined &&
    ['block_public_acls', 'block_public_policy', 'ignore_public_acls', 'restrict_public_buckets']
      .map((name) => own[name])
      .every((value) => value === true)
  );
}

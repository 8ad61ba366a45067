import { execa } from 'execa';
import type { Stack } from '../tools/read-stack.ts';
import { findResources } from '../tools/read-stack.ts';

export type AccountProps = { stack: Stack; name: string; region: string };

/** AWS leaves these processes to functions without a reservation, and refuses to reserve them. */
const UNRESERVED = 100;

/** Finds what the AWS account lacks for a stack, each with its remedy. Asks everything at once. */
export const findAccountFaults = async (props: AccountProps): Promise<string[]> => {
  const found = await Promise.all([
    findConcurrencyFaults(props),
    findLogRoleFaults(props),
    findZoneFaults(props),
  ]);
  return found.flat();
};

/** Terraform would find this out when the cluster is made and billed. New accounts have 10. */
async function findConcurrencyFaults({ stack, region }: AccountProps): Promise<string[]> {
  const functions = findResources(stack, 'aws_lambda_function').map(({ values }) => ({
    name: String(values.function_name),
    reserved: Number(values.reserved_concurrent_executions ?? 0),
  }));
  const [settings, ...reservations] = await Promise.all([
    ask(region, 'lambda', 'get-account-settings'),
    ...functions.map(({ name }) =>
      ask(region, 'lambda', 'get-function-concurrency', '--function-name', name),
    ),
  ]);
  if (settings === undefined) return [notAllowed('lambda:GetAccountSettings')];
  const limit = settings.AccountLimit as Record<string, number> | undefined;
  const wanted = functions.reduce((sum, { reserved }) => sum + reserved, 0);
  const has = reservations.reduce(
    (sum, answer) => sum + Number(answer?.ReservedConcurrentExecutions ?? 0),
    0,
  );
  const free = (limit?.UnreservedConcurrentExecutions ?? 0) + has - UNRESERVED;
  if (free >= wanted) return [];
  const least = (limit?.ConcurrentExecutions ?? 0) + wanted - free;
  return [
    `the functions reserve ${wanted} concurrent calls, and the account can give ${Math.max(0, free)} in ${region}: ask AWS for a limit of ${least}, ` +
      `aws service-quotas request-service-quota-increase --service-code lambda --quota-code L-B99A9384 --desired-value ${least} --region ${region}, or lower functions.maxConcurrency`,
  ];
}

/** The account has one role for the logs of every API in a region; who sets it also takes it away. */
async function findLogRoleFaults({ stack, name, region }: AccountProps): Promise<string[]> {
  const account = await ask(region, 'apigateway', 'get-account');
  if (account === undefined) return [notAllowed('apigateway:GET on /account')];
  const role = String(account.cloudwatchRoleArn ?? '')
    .split('/')
    .at(-1);
  const setsRole = findResources(stack, 'aws_api_gateway_account').length > 0;
  if (setsRole && role && role !== `${name}-gateway-log`) {
    return [
      `API Gateway already writes its logs in ${region} with the role ${role}, which is not of this environment: set api.setsAccountLogRole to false`,
    ];
  }
  if (!setsRole && !role) {
    return [
      `API Gateway has no role for logs in ${region}: set api.setsAccountLogRole to true in this environment, or deploy the one that sets it first`,
    ];
  }
  return [];
}

async function findZoneFaults({ region }: AccountProps): Promise<string[]> {
  const only = ['Name=opt-in-status,Values=opt-in-not-required', 'Name=state,Values=available'];
  const answer = await ask(region, 'ec2', 'describe-availability-zones', '--filters', ...only);
  if (answer === undefined) return [notAllowed('ec2:DescribeAvailabilityZones')];
  const { length } = answer.AvailabilityZones as unknown[];
  return length >= 2
    ? []
    : [`${region} has ${length} zones, and the network needs two: choose another region`];
}

const notAllowed = (action: string): string =>
  `AWS does not answer ${action}: the deployment's credentials need it, and the region must be enabled`;

type Answer = Record<string, unknown>;

/** Asks AWS; undefined if it refuses. A reply without a body is an empty object. */
async function ask(region: string, ...words: string[]): Promise<Answer | undefined> {
  const options = { reject: false, stdin: 'ignore' } as const;
  const { failed, stdout } = await execa(
    'aws',
    [...words, '--region', region, '--output', 'json'],
    options,
  );
  return failed ? undefined : JSON.parse(stdout || '{}');
}

import type { Synthesised } from '../synth.ts';
import type { Policy, Statement } from './policies.ts';
import { findPolicies, toList } from './policies.ts';

// Each action that may be on any resource, since its service knows no narrower one.
const TRACES = ['xray:PutTraceSegments', 'xray:PutTelemetryRecords'];
// Lambda's own, with which it puts a function into a network; the function's code must not have them.
const NOT_FROM_CODE = [
  'ec2:AssignPrivateIpAddresses',
  'ec2:CreateNetworkInterface',
  'ec2:DeleteNetworkInterface',
  'ec2:DescribeNetworkInterfaces',
  'ec2:DescribeSubnets',
  'ec2:UnassignPrivateIpAddresses',
];

// One resource of this stack, or what is within it.
const OWN = /^\$\{aws_\w+\.\w+\.(execution_)?arn\}([:/]\*)?$/;

/** What the policies of a stack allow beyond the least, each with its place. */
export const findPolicyExcess = (stack: Synthesised): string[] =>
  findPolicies(stack).flatMap((policy) =>
    policy.statements
      .filter(({ Effect }) => Effect === 'Allow')
      .flatMap((statement) =>
        excessOf(statement, policy).map((rule) => `${policy.place}: ${rule}`),
      ),
  );

function excessOf(statement: Statement, { place, statements }: Policy): string[] {
  const { Action, NotAction, NotResource, NotPrincipal, Principal } = statement;
  const actions = toList(Action);
  const rest = [
    ...(NotAction || NotResource || NotPrincipal
      ? ['says what is not allowed, and allows the rest']
      : []),
    ...actions.filter((action) => /[*?]/.test(action)).map((action) => `allows any ${action}`),
  ];
  if (place.endsWith('.assume_role_policy')) return [...rest, ...trustExcess(statement)];
  if (Principal !== undefined) return [...rest, ...principalExcess(statement)];
  const isOwn = toList(statement.Resource).every((resource) => OWN.test(resource));
  if (isOwn) return rest;
  return [
    ...rest,
    ...actions
      .filter((action) => !TRACES.includes(action) && !isDeniedToCode(action, statements))
      .map((action) => `allows ${action} on ${toList(statement.Resource)}`),
  ];
}

function trustExcess({ Principal, Action }: Statement): string[] {
  const isOneService =
    isService(Principal) && typeof Action === 'string' && Action === 'sts:AssumeRole';
  return isOneService ? [] : [`trusts ${JSON.stringify(Principal)}, not one service of AWS`];
}

/** A service acts for anyone's resources: only ours may be the reason (the confused deputy). */
function principalExcess({ Principal, Condition, Resource }: Statement): string[] {
  const sources = Object.values(Condition ?? {}).flatMap((test) =>
    Object.entries(test).flatMap(([key, value]) => (/^aws:SourceArn$/i.test(key) ? value : [])),
  );
  const isOurs = sources.length > 0 && sources.every((source) => OWN.test(source));
  return [
    ...(isService(Principal) && isOurs ? [] : [`lets in ${JSON.stringify(Principal)} for anyone`]),
    ...toList(Resource)
      .filter((name) => !OWN.test(name))
      .map((name) => `is about ${name}`),
  ];
}

const isService = (principal: unknown): boolean =>
  typeof principal === 'object' &&
  principal !== null &&
  Object.keys(principal).join() === 'Service' &&
  /^[a-z-]+\.amazonaws\.com$/.test(Object.values(principal).map(String).join()) &&
  typeof Object.values(principal)[0] === 'string';

const isDeniedToCode = (action: string, statements: Statement[]): boolean =>
  NOT_FROM_CODE.includes(action) &&
  statements.some(
    ({ Effect, Action, Resource, Condition }) =>
      Effect === 'Deny' &&
      toList(Action).includes(action) &&
      Resource === '*' &&
      Condition?.ArnLike?.['lambda:SourceFunctionArn'] !== undefined,
  );

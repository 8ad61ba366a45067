// Stands in for `terraform`, `aws` and `docker`: they act on world.json, as the real ones were seen to.
// Terraform's AWS provider keeps what it planned even if its update failed, and never reads a body back.
const { readFileSync, writeFileSync, existsSync, appendFileSync } = require('node:fs');
const { join } = require('node:path');

const directory = process.env.WORLD;
const file = join(directory, 'world.json');
const text = readFileSync(file, 'utf8');
const world = JSON.parse(text);
const [tool, ...args] = process.argv.slice(2);
appendFileSync(join(directory, 'log'), `${[tool, ...args].join(' ')}\n`);
const end = (code, output = '', error = '') => {
  // Questions are asked at once, and none may read what another has half written.
  if (JSON.stringify(world) !== text) writeFileSync(file, JSON.stringify(world));
  process.stdout.write(output);
  process.stderr.write(error);
  process.exit(code);
};
const after = (name) => args[args.indexOf(name) + 1];
const fails = (step) => {
  const isWanted = world.fails.includes(step);
  world.fails = world.fails.filter((other) => other !== step);
  return isWanted;
};
const API = 'aws_api_gateway_rest_api.api';
const DEPLOYMENT = 'aws_api_gateway_deployment.deployment';
const ROUTER = 'iot-events-any-api';

if (tool === 'docker') docker();
if (tool === 'aws') aws();
terraform(args.slice(1));

function docker() {
  if (args[0] !== 'buildx' || args[1] === 'version') end(0);
  const digest = world.digests[args[3]];
  if (!digest) end(1, '', `ERROR: ${args[3]}: not found`);
  end(0, JSON.stringify({ schemaVersion: 2, digest: `sha256:${digest.repeat(64)}`, size: 1 }));
}

function aws() {
  const call = args.slice(0, 2).join(' ');
  if (args[0] === '--version') end(0, 'aws-cli/2.30.0 Python/3.13');
  if (call === 'sts get-caller-identity') end(0, JSON.stringify({ Account: world.account }));
  if (call === 'lambda get-account-settings') end(0, JSON.stringify({ AccountLimit: world.limit }));
  if (call === 'lambda get-function-concurrency') end(0, '');
  if (call === 'apigateway get-account')
    end(0, JSON.stringify({ cloudwatchRoleArn: world.logRole }));
  if (call === 'ec2 describe-availability-zones')
    end(0, JSON.stringify({ AvailabilityZones: world.zones }));
  if (call === 'ecr describe-images') end(0);
  if (call === 'resourcegroupstaggingapi get-resources') {
    const region = after('--region');
    const tags = args.slice(3, 5).join(' ');
    if (tags !== 'Key=Service,Values=iot-events-api Key=Environment,Values=any') end(254, '', tags);
    const known = region === 'eu-west-1' ? Object.keys(world.state).filter(isTagged) : [];
    const found = [...known, ...(world.untracked[region] ?? [])];
    end(
      0,
      JSON.stringify({ ResourceTagMappingList: found.map((ResourceARN) => ({ ResourceARN })) }),
    );
  }
  if (call === 'ecr describe-repositories') end(0, '1.dkr.ecr/iot-events-any');
  if (call === 'iam get-role') end(world.role ? 0 : 254);
  if (call === 'lambda get-function') {
    const qualifier = args.includes('--qualifier') ? after('--qualifier') : '$LATEST';
    if (world.versions.length === 0) end(254, '', 'ResourceNotFoundException');
    const version = qualifier === 'live' ? world.alias : Number(qualifier);
    end(
      0,
      JSON.stringify({
        Code: { ImageUri: `1.dkr.ecr/iot-events-any:${world.versions[version - 1]}` },
        Configuration: { State: world.functionState, StateReasonCode: 'ImageDeleted' },
      }),
    );
  }
  if (call === 'lambda get-alias') {
    const weights = world.weights && { AdditionalVersionWeights: world.weights };
    end(0, JSON.stringify({ Name: 'live', RoutingConfig: weights }));
  }
  if (call === 'apigateway get-stage')
    end(0, JSON.stringify({ stageName: 'any', canarySettings: world.canary }));
  if (call === 'lambda publish-version') {
    if (world.versions.at(-1) !== world.latest) world.versions.push(world.latest);
    end(0, '{}');
  }
  if (call === 'apigateway get-export') {
    writeFileSync(args.at(-1), JSON.stringify(toExport(JSON.parse(world.stage ?? '{}'))));
    end(0);
  }
  if (call === 'apigateway put-rest-api') {
    const body = readFileSync(after('--body').replace('fileb://', ''), 'utf8');
    if (world.refuses === body) end(254, '', 'BadRequestException: Invalid model specified');
    if (fails('put-rest-api')) end(254, '', 'TooManyRequestsException: Rate exceeded');
    world.api = body;
    end(0, '{}');
  }
  end(254, '', `unknown: ${args.join(' ')}`);
}

/** Without extensions, which only an export that asks for them has; the version may be the date of the import. */
function toExport({ info, paths, components }) {
  const exported = JSON.stringify({
    info: { ...info, version: '2026-11-28T12:00:00Z' },
    paths,
    components,
  });
  const isLeftOut = (key, value) =>
    (key.startsWith('x-amazon-apigateway-') && !key.endsWith('any-method')) ||
    (world.forgetsNames && key === 'operationId' && value.startsWith('options'));
  return JSON.parse(exported, (key, value) => (isLeftOut(key, value) ? undefined : value));
}

function terraform([command, ...options]) {
  const last = options.at(-1);
  if (args[0] === 'version') end(0, JSON.stringify({ terraform_version: world.terraform }));
  if (command === 'init') init(options);
  if (command === 'state') {
    for (const address of options.slice(1)) {
      if (!world.state[address]) end(1, '', `No matching objects found: ${address}`);
      delete world.state[address];
    }
    end(0);
  }
  if (command === 'show') {
    const resources = Object.entries(world.state).map(([address, values]) => ({
      address,
      mode: 'managed',
      type: address.split('.')[0],
      values,
    }));
    if (last === '-json') end(0, JSON.stringify({ values: { root_module: { resources } } }));
    end(0, JSON.stringify(world.plan));
  }
  if (command === 'import') {
    world.state[options.at(-2)] = { id: last, termination_protection_enabled: world.protected };
    end(0);
  }
  if (command === 'plan' && options.includes('-destroy'))
    end(0, `Plan: 0 to add, 0 to change, ${Object.keys(world.state).length} to destroy.`);
  if (command === 'plan') {
    const tag = /image_tag=(\w+)/.exec(options.join(' '))[1];
    const target = options.find((word) => word.startsWith('-target='))?.slice(8);
    const planned = { tag, target, replace: options.includes(`-replace=${DEPLOYMENT}`) };
    world.planFile = options.find((word) => word.startsWith('-out=')).slice(5);
    writeFileSync(world.planFile, JSON.stringify({ ...planned, serial: world.serial }));
    end(0, 'Plan: 1 to change');
  }
  if (command === 'apply' && options.includes('-destroy')) destroy();
  if (command === 'apply') {
    if (!existsSync(last)) end(1, '', 'no plan');
    world.planned = JSON.parse(readFileSync(last, 'utf8'));
    if (world.planned.serial !== world.serial) end(1, '', 'Error: Saved plan is stale');
    world.serial += 1;
    apply();
    // What somebody else does before anybody looks.
    Object.assign(world, world.meanwhile.shift());
    end(0, 'Apply complete!');
  }
  end(1, '', `unknown: ${args.join(' ')}`);
}

/** As Terraform does: what the registry has must be what the lock file says, unless there is none. */
function init(options) {
  const lock = join(args[0].replace('-chdir=', ''), '.terraform.lock.hcl');
  const isLocked = existsSync(lock) && readFileSync(lock, 'utf8') !== world.providers;
  if (isLocked && !options.includes('-upgrade'))
    end(1, '', 'Error: the current package does not match any of the checksums');
  writeFileSync(lock, world.providers);
  end(0);
}

function isTagged(address) {
  return address.startsWith('aws_') && !address.startsWith('aws_iam_');
}

/** Deletes one after another, last first, until one fails. */
function destroy() {
  for (const address of Object.keys(world.state).reverse()) {
    if (fails(address)) end(1, '', `Error: deleting ${address}: DependencyViolation`);
    delete world.state[address];
    if (address.startsWith('aws_api_gateway_account')) world.logRole = '';
    if (address === 'aws_iam_role.log') world.role = false;
    if (address.startsWith('mongodbatlas_project')) world.project = false;
    if (address.startsWith('aws_lambda_function')) world.versions = [];
  }
  end(0, 'Apply complete!');
}

function apply() {
  const { state, wanted, planned } = world;
  // Of what a target does not need.
  if (planned.target) {
    state[planned.target] ??= {};
    return;
  }
  world.project = true;
  state['mongodbatlas_project.project'] ??= { id: 'p1', name: 'iot-events-any' };
  state['mongodbatlas_advanced_cluster.cluster'] ??= {
    termination_protection_enabled: world.protected,
  };
  state['aws_vpc.vpc'] ??= { arn: `arn:aws:ec2:eu-west-1:${world.account}:vpc/vpc-1` };
  state['aws_lambda_function.router'] ??= { function_name: ROUTER };
  const router = state['aws_lambda_function.router'];
  if (router.image !== planned.tag) {
    router.image = planned.tag;
    world.latest = planned.tag;
    if (fails('publish')) end(1, '', 'Error: publishing Lambda Function version: AccessDenied');
    world.versions.push(planned.tag);
  }
  // The provider reads the newest version on each refresh.
  router.version = String(world.versions.length);
  world.alias = world.versions.length;
  delete world.weights;
  delete world.canary;
  state['aws_lambda_alias.live'] = { name: 'live', function_name: ROUTER };
  state[API] ??= { id: 'a1', name: 'iot-events-any' };
  const isChanged = state[API].body !== wanted;
  if (isChanged) {
    state[API].body = wanted;
    if (world.refuses === wanted)
      end(1, '', 'Error: updating API Gateway REST API: BadRequestException');
    if (fails('import'))
      end(1, '', 'Error: updating API Gateway REST API: TooManyRequestsException');
    world.api = wanted;
  }
  if (state[DEPLOYMENT]?.of !== wanted || planned.replace) {
    state[DEPLOYMENT] = { of: wanted, rest_api_id: 'a1' };
    world.copy = world.api;
    if (fails('deployment')) end(1, '', 'Error: cut');
  }
  world.stage = world.copy;
  const role = 'iot-events-any-gateway-log';
  world.role = true;
  world.logRole = `arn:aws:iam::1:role/${role}`;
  state['aws_iam_role.other'] = { name: 'iot-events-any-api' };
  state['aws_iam_role.log'] = { name: role };
  state['aws_iam_role_policy_attachment.log'] = { role };
  state['aws_api_gateway_account.account'] = {};
  state['aws_api_gateway_stage.stage'] = {
    rest_api_id: 'a1',
    stage_name: 'any',
    invoke_url: world.url,
  };
  const stack = join(args[0].replace('-chdir=', ''), 'cdk.tf.json');
  for (const [type, resources] of Object.entries(JSON.parse(readFileSync(stack, 'utf8')).resource))
    for (const id of Object.keys(resources)) state[`${type}.${id}`] ??= {};
}

import type { Command } from './read-command.ts';

const FUZZ = {
  seconds: { type: 'string', value: 'N', help: 'seconds for each property (60)' },
  seed: { type: 'string', value: 'N', help: 'repeats a run, as printed by one that failed' },
} as const;

/** The commands of package.json, in the order of `npm run help`. */
export const commands = {
  start: {
    summary: 'Starts the service on this machine: API, documentation and dashboard.',
    options: {
      quiet: { type: 'boolean', help: 'print no line for each request' },
      watch: { type: 'boolean', help: 'start again when the code changes' },
    },
    variables: {
      HOST: 'address to listen on; 0.0.0.0 lets other machines in (127.0.0.1)',
      PORT: 'port of the local gateway (8080)',
      BASE_PATH: 'path before every path of the API, such as /v1 (none)',
      API_KEY: 'API key that the local gateway accepts (local-development-key)',
      DATA_DIR: 'directory of the data and the log; each start needs its own (.data)',
      MONGODB_URI: 'a database of your own, named by the path (starts one)',
      MONGOMS_SYSTEM_BINARY: 'path of a mongod on this machine (finds or downloads one)',
    },
    exitCodes: { 1: 'it could not start, or its database ended' },
    notes: 'Ctrl-C stops everything. The data stays; delete the directory to start afresh.',
  },
  status: {
    summary: 'Tells what npm start runs on this machine: addresses, key and database.',
    variables: { DATA_DIR: 'the directory that it was started with (.data)' },
    exitCodes: { 1: 'nothing runs' },
  },
  help: {
    summary: 'Lists the commands of this project, or tells what one of them takes.',
    words: '[command]',
    examples: ['keys'],
  },
  keys: {
    summary: 'Creates, lists, rotates and revokes API keys.',
    words: 'create|list|rotate ID|revoke ID',
    options: {
      name: { type: 'string', value: 'TEXT', of: ['create'], help: 'what the key is for' },
      scopes: { type: 'string', value: 'LIST', of: ['create'], help: 'of write, read and delete' },
      devices: {
        type: 'string',
        value: 'LIST',
        of: ['create'],
        help: 'the only devices it is for',
      },
      expires: { type: 'string', value: 'INSTANT', of: ['create'], help: 'until when it is valid' },
      'grace-hours': {
        type: 'string',
        value: 'N',
        of: ['rotate'],
        help: 'for how long the old key stays valid (0)',
      },
      environment: {
        type: 'string',
        value: 'NAME',
        help: 'the deployment, with your AWS permissions (the local service)',
      },
      json: { type: 'boolean', help: 'print JSON' },
    },
    examples: [
      'create --name "gate 7" --scopes write,read --expires 2030-01-01T00:00:00Z',
      'rotate 0123456789ab --grace-hours 24 --environment production',
    ],
    exitCodes: { 1: 'the service refused it, or does not answer' },
    notes: 'A key that is revoked becomes invalid within a minute.',
  },
  simulate: {
    summary:
      'Simulates a fleet of devices that sends events to the service, then checks that each acknowledged event is stored exactly once.',
    options: {
      devices: { type: 'string', value: 'N', help: 'number of devices (50)' },
      rate: { type: 'string', value: 'N', help: 'events per second of all devices together (200)' },
      for: { type: 'string', value: 'TIME', help: 'duration: 60s, 10m, 1h (60s)' },
      'keep-running': {
        type: 'boolean',
        help: 'go on until Ctrl-C, 20 events per second unless --rate says otherwise: a fleet to look at',
      },
      burst: {
        type: 'string',
        value: 'Nx@TIME',
        help: 'N times the rate for that long, in the middle of the run: 20x@60s',
      },
      seed: {
        type: 'string',
        value: 'TEXT',
        help: 'repeats the fleet, events and faults of an earlier run (random)',
      },
      start: {
        type: 'boolean',
        help: 'start a service for the run, without limits; its data is deleted afterwards',
      },
      url: {
        type: 'string',
        value: 'URL',
        help: 'address of the service (http://localhost:8080, or the port in PORT)',
      },
      'allow-remote': { type: 'boolean', help: 'allow a URL of another machine' },
      key: {
        type: 'string',
        value: 'KEY',
        help: 'the API key (API_KEY, or local-development-key)',
      },
      report: { type: 'string', value: 'FILE', help: 'write all figures as JSON' },
    },
    examples: ['--start', '--start --for 10m --burst 20x@60s', '--keep-running --devices 20'],
    exitCodes: {
      1: 'events are lost, duplicated or unexpected, requests failed (5xx except 503), or events could not be read',
    },
    notes:
      'Ctrl-C stops the sending; the events sent until then are still checked. Each run has new device ids.',
  },
  generate: {
    summary:
      'Generates types, validators, code samples and the list of handlers from the contract and the event types, and a stub for a handler that is missing.',
    exitCodes: { 1: 'the contract or an event type has a fault; generated/ stays as it was' },
  },
  'event-types': {
    summary:
      'Compares stored events with openapi/event-types/, drafts types from them, and releases types.',
    words: 'check|infer TYPE|types FILE|release patch|minor|major',
    options: {
      url: {
        type: 'string',
        value: 'URL',
        of: ['check', 'infer'],
        help: 'the API (the local service)',
      },
      key: {
        type: 'string',
        value: 'KEY',
        of: ['check', 'infer'],
        help: 'a key that may read (API_KEY, or that of the local service)',
      },
      devices: {
        type: 'string',
        value: 'N',
        of: ['check', 'infer'],
        help: 'how many devices to read (1000)',
      },
      events: {
        type: 'string',
        value: 'N',
        of: ['check', 'infer'],
        help: 'how many of the newest events of each type and device to read (100)',
      },
      'refuse-unknown': {
        type: 'boolean',
        of: ['types'],
        help: 'other event types do not compile',
      },
      notes: {
        type: 'string',
        value: 'TEXT',
        of: ['release'],
        help: 'what a reader of the changelog must know',
      },
    },
    examples: [
      'check',
      'infer moisture',
      'types ../app/event-types.d.ts',
      'release minor --notes "Moisture"',
    ],
    exitCodes: { 1: 'stored events do not match, or it was refused' },
    notes:
      'check says which devices would be refused if their type were. types is for users of our TypeScript client.',
  },
  check: {
    summary:
      'Checks generated files, released contracts, lint, format, types, packages and secrets.',
    exitCodes: { 1: 'something is wrong, which the lines with ✖ tell' },
  },
  compare: {
    summary: 'Compares contracts with every release that they must not break.',
    words: '[contract.json …]',
    exitCodes: { 1: 'a contract breaks a release' },
  },
  release: {
    summary: 'Writes a release of the contract: its version, its recording and its changelog.',
    words: '[patch|minor|major]',
    options: {
      again: { type: 'boolean', help: 'replace the last release, until it has a tag' },
      notes: { type: 'string', value: 'TEXT', help: 'what a reader of the changelog must know' },
      commit: { type: 'boolean', help: 'commit and tag it' },
    },
    examples: ['minor --notes "Devices can be listed" --commit', '--again'],
    exitCodes: { 1: 'it was refused, and nothing was released' },
  },
  fuzz: {
    summary: 'Sends random bad input to a service on this machine, its gateway and its linter.',
    words: '[part of a name]…',
    options: FUZZ,
    examples: ['raw-http documents --seconds 600'],
    exitCodes: { 1: 'a reply was wrong' },
  },
  model: {
    summary: 'Sends random operations to two services on one database, and compares with a model.',
    words: '[part of a name]…',
    options: FUZZ,
    exitCodes: { 1: 'a reply was not what the model says' },
  },
  faults: {
    summary:
      'Cuts, slows, kills, freezes and fills up what the service depends on, and counts what is lost.',
    words: '[part of a name]',
    examples: ['cut'],
    exitCodes: { 1: 'an event was lost or stored twice' },
    notes: 'All faults together are written to docs/faults.json and docs/operations.md.',
  },
  conformance: {
    summary:
      'Runs the local gateway and serverless-offline through the behaviours of API Gateway, and writes the table of gateway/README.md.',
    exitCodes: { 1: 'serverless-offline could not be installed or started' },
    notes: 'The first run installs serverless-offline from npm, in node_modules/.cache.',
  },
  parity: {
    summary:
      'Compares a deployed API with the router on this machine, by some 8,900 valid and invalid requests.',
    variables: {
      BASE_URL: 'the deployed API',
      API_KEY: 'a key of it with every scope',
    },
    exitCodes: { 1: 'the API does not answer, or answers something else' },
    notes: 'What it stores is of devices that nobody has.',
  },
  build: {
    summary: 'Bundles the functions.',
    words: '[directory]',
    exitCodes: { 1: 'the bundle is not the one of IMAGE_TAG' },
    notes: 'The directory is dist unless it is named.',
  },
  'build:client': { summary: 'Compiles the TypeScript client to clients/typescript/dist.' },
  docs: {
    summary: 'Builds the documentation site in dist/docs, and the dashboard in dist/dashboard.',
  },
  synth: { summary: 'Writes the Terraform of every environment to cdktf.out.' },
  deploy: {
    summary: 'Deploys an environment to AWS and MongoDB Atlas, and proves what runs.',
    words: '<environment> [options of terraform plan]',
    passesOn: true,
    options: {
      yes: { type: 'boolean', help: 'apply the plan without asking' },
      'auto-approve': { type: 'boolean', help: "the same, in Terraform's words" },
      'yes-replace': {
        type: 'string',
        value: 'WORDS',
        help: 'agree to lose what a refused plan named, such as key or cluster,link',
      },
      'yes-unreached': {
        type: 'boolean',
        help: 'this machine cannot reach the API: leave out GET /health',
      },
    },
    variables: {
      TF_VAR_atlas_org_id: 'the Atlas organisation (atlasOrgId in environments.ts)',
      MONGODB_ATLAS_PUBLIC_KEY: 'its API key',
      MONGODB_ATLAS_PRIVATE_KEY: 'its API key',
      TF_VAR_rest_api_key: 'an API key with every scope (none)',
      AWS_PROFILE: 'your AWS credentials, unless the aws command has others',
    },
    examples: ['development', 'production --yes', 'development --yes-replace=key'],
    exitCodes: { 1: 'something is missing, or a step failed' },
    notes: 'docs/deploy.md tells what to do before the first deployment.',
  },
  destroy: {
    summary: 'Deletes an environment from AWS and MongoDB Atlas, with all its events.',
    words: '<environment>',
    options: {
      yes: {
        type: 'string',
        value: 'NAME',
        help: 'agree by naming the environment again; without it, you see what would be deleted',
      },
    },
    examples: ['development', 'development --yes=development'],
    exitCodes: { 1: 'something is missing or protected, a step failed, or something is left' },
    notes:
      'It needs the variables of npm run deploy. If it is interrupted, run it again. docs/deploy/tear-down.md tells more.',
  },
  locks: {
    summary: 'Shows which base images and providers are locked, and which the registries have now.',
    options: {
      take: { type: 'boolean', help: 'lock those that the registries have now' },
    },
    exitCodes: { 1: 'Docker, Terraform or a registry does not answer' },
    notes: 'A deployment with newer base images builds the image again.',
  },
  'sdk-check': {
    summary: 'Generates, compiles and tries SDKs in five languages.',
    words: '[SDK …]',
    options: { all: { type: 'boolean', help: 'one that cannot be built here counts as failed' } },
    examples: ['python go'],
    exitCodes: { 1: 'a check failed' },
  },
  'test:engine': {
    summary:
      'Runs the tests of the store on a second database, which it builds once. Arguments go to vitest.',
    words: '[options of vitest]',
    passesOn: true,
    exitCodes: { 1: 'a test failed, or the database could not be built' },
  },
  'test:node': {
    summary: 'Runs some of the tests with Node 22 and Node 24, which it gets from npm, on Linux.',
    exitCodes: { 1: 'a test failed' },
  },
  bench: {
    summary: 'Runs the benchmarks, and writes bench/results.',
    words: '[cold|warm|store|reads|fleet|event-types|memory|end-to-end|gateway …]',
    exitCodes: { 1: 'a benchmark failed' },
  },
} as const satisfies Record<string, Command>;

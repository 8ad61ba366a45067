import { App } from 'cdktf';
import { contract } from '../openapi/contract.ts';
import { environments } from './environment/environments.ts';
import { validateEnvironments } from './environment/validate-environments.ts';
import { EventsStack } from './stack.ts';

const app = new App();
for (const environment of validateEnvironments(environments))
  new EventsStack(app, environment.name, { environment, contract });
app.synth();

import { App } from 'cdktf';
import openapi from '../generated/openapi.json' with { type: 'json' };
import { environments } from './environments.ts';
import type { Contract } from './import-document.ts';
import { EventsStack } from './stack.ts';
import { validateEnvironments } from './validate-environments.ts';

const app = new App();
const contract = openapi as unknown as Contract;
for (const environment of validateEnvironments(environments))
  new EventsStack(app, environment.name, { environment, contract });
app.synth();

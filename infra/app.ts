import { App } from 'aws-cdk-lib';
import { refusal } from './deploy-target.ts';
import { addStages } from './factors/stages.ts';

// Validating the templates takes most of the time of a synthesis, so validation.test.ts does it, once a change.
const app = new App({ autoSynth: false, builtinCloudFormationValidation: false });

const refused = refusal(app.node.tryGetContext('aws'), process.env);
if (refused === undefined) {
  addStages(app);
  app.synth();
} else {
  console.error(refused);
  process.exitCode = 1;
}

import { App } from 'aws-cdk-lib';
import { refusal } from './deploy-target.ts';
import { addStages, UnknownStage } from './factors/stages.ts';
import { InvalidContext, readStagesContext } from './stages-context.ts';

// Validating the templates takes most of the time of a synthesis, so validation.test.ts does it, once a change.
const app = new App({ autoSynth: false, builtinCloudFormationValidation: false });
const contextOf = (name: string): unknown => app.node.tryGetContext(name);

const refused = refusal(contextOf('aws'), process.env) ?? synthesise();
if (refused !== undefined) {
  console.error(refused);
  process.exitCode = 1;
}

/** Gives the reason if it cannot be done for one that the user can put right. */
function synthesise(): string | undefined {
  try {
    addStages(app, readStagesContext(contextOf));
    app.synth();
    return undefined;
  } catch (error) {
    if (error instanceof InvalidContext || error instanceof UnknownStage) {
      return error.message;
    }
    throw error;
  }
}

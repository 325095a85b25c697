import { App } from 'aws-cdk-lib/core';
import { isMeantForAws, refusal } from './deploy-target.ts';
import { pinToLocalAccount } from './local-account.ts';
import { InvalidContext, readStagesContext } from './stages-context.ts';
import { lookRound } from './surroundings.ts';

// Validating the templates takes most of the time of a synthesis, so validation.slow.test.ts does it, once a change.
const app = new App({ autoSynth: false, builtinCloudFormationValidation: false });
const contextOf = (name: string): unknown => app.node.tryGetContext(name);

const surroundings = await lookRound(contextOf('aws'), process.env);
const refused = refusal(surroundings) ?? (await synthesise());
if (refused !== undefined) {
  console.error(refused);
  process.exitCode = 1;
}

/** Returns the reason if it cannot be done for one that the user can put right. */
async function synthesise(): Promise<string | undefined> {
  // Imported late: all stages and their constructs take half of the time of a refusal to read.
  const { addStages, UnknownStage } = await import('./stages.ts');
  try {
    addStages(app, readStagesContext(contextOf));
    const assembly = app.synth();
    if (!isMeantForAws(surroundings)) {
      pinToLocalAccount(assembly);
    }
    return undefined;
  } catch (error) {
    if (error instanceof InvalidContext || error instanceof UnknownStage) {
      return error.message;
    }
    throw error;
  }
}

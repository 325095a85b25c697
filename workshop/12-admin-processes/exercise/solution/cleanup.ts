import { cleanUp } from '../../../../functions/cleanup/clean-up.ts';
import { readTask } from '../../../../functions/cleanup/schema.ts';
import { cleanUpDependencies } from '../../../../functions/cleanup/wiring.ts';
import { lambdaFunction } from '../../../../functions/runtime/lambda-function.ts';
import { createTelemetry } from '../../../../functions/runtime/telemetry.ts';

const telemetry = createTelemetry();
const dependencies = cleanUpDependencies(process.env, telemetry.journal);

/** Cleans up once, on a schedule or by hand, and returns the report. */
export const handler = lambdaFunction(
  (event: unknown, context) => cleanUp(readTask(event), dependencies, context),
  telemetry,
);

import { lambdaFunction } from '../runtime/lambda-function.ts';
import { createTelemetry } from '../runtime/telemetry.ts';
import { cleanUp } from './clean-up.ts';
import { readTask } from './schema.ts';
import { cleanUpDependencies } from './wiring.ts';

const telemetry = createTelemetry();
const dependencies = cleanUpDependencies(process.env, telemetry.journal);

/** Cleans up once, on its schedule or by hand, and reports what it did. */
export const handler = lambdaFunction(
  (event: unknown, context) => cleanUp(readTask(event), dependencies, context),
  telemetry,
);

import { lambdaFunction } from '../runtime/lambda-function.ts';
import { createTelemetry } from '../runtime/telemetry.ts';
import { cleanUp } from './clean-up.ts';
import { readTask } from './schema.ts';
import { hireCrew } from './wiring.ts';

const telemetry = createTelemetry();
const crew = hireCrew(process.env, telemetry.journal);

/** Cleans up once, on its schedule or by hand, and reports what it did. */
export const handler = lambdaFunction((event: unknown, context) => cleanUp(readTask(event), crew, context), telemetry);

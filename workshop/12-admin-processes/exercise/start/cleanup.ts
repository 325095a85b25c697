import { lambdaFunction } from '../../../../functions/runtime/lambda-function.ts';
import { createTelemetry } from '../../../../functions/runtime/telemetry.ts';

const telemetry = createTelemetry();

/**
 * Cleans up once, on a schedule or by hand, and returns the report. `readTask` (functions/cleanup/schema.ts) tells from the
 * event what is asked for, and refuses what asks for nothing it knows. `cleanUpDependencies` (functions/cleanup/wiring.ts)
 * makes all that `cleanUp` depends on out of the environment: once for each process, and not for each event.
 */
export const handler = lambdaFunction(async (_event: unknown, _context): Promise<unknown> => {
  throw new Error('TODO: clean up, within the time that the context leaves');
}, telemetry);

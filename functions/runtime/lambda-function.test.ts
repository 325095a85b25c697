import { expect, onTestFinished, test, vi } from 'vitest';
import { testContext } from './context.fixture.ts';
import { lambdaFunction } from './lambda-function.ts';
import { telemetryInMemory } from './telemetry.fixture.ts';

/** Invokes a function twice in an environment that was started this way, and gives the metrics that it wrote at once. */
async function metricsOfTwoInvocations(initializationType: string): Promise<unknown[]> {
  onTestFinished(() => {
    vi.unstubAllEnvs();
    vi.restoreAllMocks();
  });
  vi.stubEnv('AWS_LAMBDA_INITIALIZATION_TYPE', initializationType);
  // Powertools writes such a metric to a console of its own; with the first of these to everybody's, with the second at all.
  vi.stubEnv('POWERTOOLS_DEV', 'true');
  vi.stubEnv('POWERTOOLS_METRICS_DISABLED', 'false');
  const written = vi.spyOn(console, 'log').mockImplementation(() => {});
  const handler = lambdaFunction(async () => 'done', telemetryInMemory());
  await handler({}, testContext());
  await handler({}, testContext());
  return written.mock.calls.map(([line]) => JSON.parse(String(line)));
}

test('the first invocation of an environment is counted as a cold start, by the name of the function', async () => {
  expect(await metricsOfTwoInvocations('on-demand')).toEqual([
    expect.objectContaining({ ColdStart: 1, function_name: testContext().functionName }),
  ]);
});

test('a process that Lambda does not start has no cold start', async () => {
  expect(await metricsOfTwoInvocations('')).toEqual([]);
});

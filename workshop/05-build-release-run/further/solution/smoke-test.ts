import { gzipSync } from 'node:zlib';
import { InvokeCommand, type LambdaClient, waitUntilPublishedVersionActive } from '@aws-sdk/client-lambda';
import { configuredVariables } from '../../../../client/factory/function-environment.ts';
import { httpEvent } from '../../../../functions/runtime/http-event.ts';
import type { DeployedStack } from '../../../../pipeline/deployed-stack.ts';
import { releasedFunctions, type Versions } from '../../../../pipeline/versions.ts';
import { UserError } from '../../../../terminal/command-line.ts';

/** What a new version is asked before anybody else may ask it. It must change nothing: the data is the real one. */
export interface SmokeTest {
  readonly event: unknown;
  /** Why an answer will not do; undefined where it will. */
  complaint(answer: unknown): string | undefined;
}

/** A version of a function. */
export interface FunctionVersion {
  /** Its construct id, such as `Ordering`. */
  readonly id: string;
  readonly functionName: string;
  readonly version: string;
}

/** The smoke test of each function of the factory, by its construct id. */
export const smokeTests: Readonly<Record<string, SmokeTest>> = {
  Ordering: refusing('/orders', { customer: 'smoke-test', items: [{ recipe: 'no-such-recipe', quantity: 1 }] }),
  Metrics: reading('/metrics'),
  Baking: { event: { Records: [] }, complaint: complaintOfBatch },
  Cleanup: { event: { task: 'cleanup', dryRun: true }, complaint: () => undefined },
  Analytics: { event: { awslogs: { data: controlMessage() } }, complaint: () => undefined },
};

const activeWithinS = 120;

/** Invokes a version directly, past the alias that runs. @throws UserError where it does not answer as it must */
export async function testVersion(
  { id, functionName, version }: FunctionVersion,
  test: SmokeTest,
  lambda: LambdaClient,
  signal: AbortSignal,
): Promise<void> {
  const which = { FunctionName: functionName, Qualifier: version };
  await waitUntilPublishedVersionActive(
    { client: lambda, maxWaitTime: activeWithinS, abortSignal: signal, minDelay: 1 },
    which,
  );
  const invocation = new InvokeCommand({ ...which, Payload: Buffer.from(JSON.stringify(test.event)) });
  const { FunctionError, Payload } = await lambda.send(invocation, { abortSignal: signal });
  const answer: unknown = JSON.parse(Payload?.transformToString() || 'null');
  const complaint = FunctionError ? errorIn(answer) : test.complaint(answer);
  if (complaint) {
    throw new UserError(`${id}, version ${version}, fails its smoke test: ${complaint}`);
  }
}

/** What {@link testVersions} needs to know. */
export interface TestOptions {
  /** By the construct ids of the functions. @default - those of the factory */
  readonly smokeTests?: Readonly<Record<string, SmokeTest>>;
  readonly signal: AbortSignal;
}

/**
 * Tries versions of a stack's functions, all at once. Returns the environment variables of each, which it keeps as it keeps its
 * code.
 * @throws UserError where one does not answer as it must
 */
export async function testVersions(
  versions: Versions,
  stack: DeployedStack,
  lambda: LambdaClient,
  options: TestOptions,
): Promise<Record<string, Readonly<Record<string, string>>>> {
  const names = releasedFunctions(stack);
  const tests = options.smokeTests ?? smokeTests;
  const environments = Object.entries(versions).map(async ([id, version]) => {
    const test = tests[id];
    if (!test) {
      throw new UserError(`${id} has no smoke test. Add one in pipeline/smoke-test.ts.`);
    }
    const functionName = names[id] ?? '';
    await testVersion({ id, functionName, version }, test, lambda, options.signal);
    return [id, await configuredVariables(functionName, lambda, version)] as const;
  });
  return Object.fromEntries(await Promise.all(environments));
}

function reading(path: string): SmokeTest {
  return {
    event: httpEvent('GET', path, { headers: { accept: 'application/json', host: 'smoke-test' } }),
    complaint: (answer) => {
      const { statusCode } = (answer ?? {}) as { statusCode?: unknown };
      return statusCode === 200 ? undefined : `GET ${path} was answered ${statusCode ?? 'without a status'}`;
    },
  };
}

/** Asks for what must be refused, so that nothing is changed by it. */
function refusing(path: string, body: object): SmokeTest {
  const headers = { 'content-type': 'application/json', host: 'smoke-test' };
  return {
    event: httpEvent('POST', path, { headers, body: JSON.stringify(body) }),
    complaint: (answer) => {
      const { statusCode } = (answer ?? {}) as { statusCode?: unknown };
      return statusCode === 422 ? undefined : `POST ${path} was answered ${statusCode ?? 'without a status'}`;
    },
  };
}

function complaintOfBatch(answer: unknown): string | undefined {
  const { batchItemFailures } = (answer ?? {}) as { batchItemFailures?: unknown };
  const failed = Array.isArray(batchItemFailures) ? batchItemFailures.length : 0;
  return failed > 0 ? `${failed} messages of an empty batch failed` : undefined;
}

/** What CloudWatch Logs sends a new subscriber to see whether it listens: no events, in gzip and base64. */
function controlMessage(): string {
  return gzipSync(
    JSON.stringify({
      messageType: 'CONTROL_MESSAGE',
      owner: 'CloudwatchLogs',
      logGroup: '',
      logStream: '',
      subscriptionFilters: [],
      logEvents: [
        { id: '', timestamp: Date.UTC(2026), message: 'CWL CONTROL MESSAGE: Checking health of destination.' },
      ],
    }),
  ).toString('base64');
}

function errorIn(answer: unknown): string {
  const { errorType, errorMessage } = (answer ?? {}) as { errorType?: string; errorMessage?: string };
  return `${errorType ?? 'Error'}: ${errorMessage ?? 'it does not say why'}`;
}

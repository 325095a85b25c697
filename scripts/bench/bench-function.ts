import { Agent, request } from 'node:http';
import {
  CreateFunctionCommand,
  DeleteFunctionCommand,
  LambdaClient,
  UpdateFunctionConfigurationCommand,
  waitUntilFunctionActiveV2,
  waitUntilFunctionUpdatedV2,
} from '@aws-sdk/client-lambda';
import { zipSync } from 'fflate';
import { clientConfiguration } from '../../client/endpoint/client-configuration.ts';
import type { EndpointUnderTest } from './endpoint-under-test.ts';

/** A function that is made for a measurement. */
export interface BenchFunction {
  /** Has the next invocation find no environment: one of an earlier configuration does not take it. */
  coolDown(): Promise<void>;
  /** Invokes it once, by a raw client whose connection stays open, and returns the milliseconds that took. */
  invoke(): Promise<number>;
  remove(): Promise<void>;
}

export interface BenchFunctionOptions {
  readonly name: string;
  /** Its `index.mjs`. */
  readonly code: string;
  /** @default - none */
  readonly variables?: Readonly<Record<string, string>>;
  /** @default - an empty object */
  readonly event?: object;
}

const waitSeconds = 60;

/** Makes a function at an endpoint. */
export async function createFunction(
  { url }: EndpointUnderTest,
  { name: FunctionName, code, variables = {}, event = {} }: BenchFunctionOptions,
): Promise<BenchFunction> {
  const client = new LambdaClient(clientConfiguration(url));
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const wait = { client, maxWaitTime: waitSeconds, minDelay: 1, maxDelay: 1 };
  await client.send(
    new CreateFunctionCommand({
      FunctionName,
      Role: 'arn:aws:iam::000000000000:role/bench',
      Runtime: 'nodejs24.x',
      Handler: 'index.handler',
      MemorySize: 512,
      Code: { ZipFile: zipSync({ 'index.mjs': Buffer.from(code) }) },
      Environment: { Variables: variables },
    }),
  );
  await waitUntilFunctionActiveV2(wait, { FunctionName });
  const body = JSON.stringify(event);
  let changes = 0;
  return {
    coolDown: async () => {
      const Environment = { Variables: { ...variables, BENCH_CHANGE: String(++changes) } };
      await client.send(new UpdateFunctionConfigurationCommand({ FunctionName, Environment }));
      await waitUntilFunctionUpdatedV2(wait, { FunctionName });
    },
    invoke: async () => {
      const start = performance.now();
      await invoke(url, FunctionName, body, agent);
      return performance.now() - start;
    },
    remove: async () => {
      agent.destroy();
      await client.send(new DeleteFunctionCommand({ FunctionName }));
      client.destroy();
    },
  };
}

/** A signature that was never made: what is measured is the invocation, and not a client's arithmetic. */
const authorizationIn = (region: string): string =>
  `AWS4-HMAC-SHA256 Credential=bench/20260101/${region}/lambda/aws4_request, SignedHeaders=host, Signature=0`;

function invoke(endpoint: string, name: string, event: string, agent: Agent): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const { region } = clientConfiguration(endpoint);
  const url = new URL(`/2015-03-31/functions/${name}/invocations`, endpoint);
  const sent = request(
    url,
    { method: 'POST', agent, headers: { authorization: authorizationIn(region) } },
    (answer) => {
      answer.resume();
      const failed = answer.statusCode !== 200 || answer.headers['x-amz-function-error'] !== undefined;
      answer.once('end', () => (failed ? reject(new Error(`${name} failed: ${answer.statusCode}`)) : resolve()));
    },
  );
  sent.once('error', reject);
  sent.end(event);
  return promise;
}

import { Agent, request } from 'node:http';
import { CreateFunctionCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { zipSync } from 'fflate';
import { clientConfiguration } from '../../client/endpoint/client-configuration.ts';
import { percentile } from '../../workshop/experiment/percentile.ts';
import type { EndpointProcess } from './endpoint-process.ts';
import { atMost, type Figure, shown } from './figure.ts';

const sampleCount = 1_000;
const warmUp = 100;

/** Warm invokes of a function that does nothing, one after another, by a raw keep-alive client. */
export async function measureInvoke(endpoint: EndpointProcess): Promise<readonly Figure[]> {
  await createFunction(endpoint.url);
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const samples: number[] = [];
  for (let i = 0; i < warmUp + sampleCount; i++) {
    const start = performance.now();
    await invoke(endpoint.url, agent);
    if (i >= warmUp) {
      samples.push(performance.now() - start);
    }
  }
  agent.destroy();
  const partOf = (part: number) => percentile(samples, part) ?? Number.NaN;
  return [
    atMost('warm invoke of an empty function, p50', partOf(0.5), 2, 'ms'),
    shown('warm invoke of an empty function, p99', partOf(0.99), 'ms'),
  ];
}

/** Makes the function that does nothing. */
export async function createFunction(endpoint: string): Promise<void> {
  const client = new LambdaClient(clientConfiguration(endpoint));
  await client.send(
    new CreateFunctionCommand({
      FunctionName: 'bench',
      Role: 'arn:aws:iam::000000000000:role/bench',
      Runtime: 'nodejs24.x',
      Handler: 'index.handler',
      Code: { ZipFile: zipSync({ 'index.mjs': Buffer.from('export const handler = async () => ({});') }) },
    }),
  );
  client.destroy();
}

/** Invokes it once. */
export function invoke(endpoint: string, agent: Agent): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const sent = request(
    new URL('/2015-03-31/functions/bench/invocations', endpoint),
    {
      method: 'POST',
      agent,
      headers: {
        authorization:
          'AWS4-HMAC-SHA256 Credential=bench/20260101/eu-west-1/lambda/aws4_request, SignedHeaders=host, Signature=0',
      },
    },
    (answer) => {
      answer.resume();
      answer.once('end', () =>
        answer.statusCode === 200 ? resolve() : reject(new Error(`Invoke: ${answer.statusCode}`)),
      );
    },
  );
  sent.once('error', reject);
  sent.end('{}');
  return promise;
}

import { styleText } from 'node:util';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { clientConfiguration } from '../endpoint/client-configuration.ts';

export interface Invocation {
  readonly result: unknown;
  readonly failed: boolean;
  /** The last 4 KB of the invocation's log. */
  readonly log: string;
  /** What the function took, by its own report. */
  readonly durationMs: number | undefined;
  /** What its environment took to start, where it had to. */
  readonly initMs: number | undefined;
}

/** Invokes a deployed function and waits for its result. */
export async function invokeDeployed(
  endpoint: string,
  functionName: string,
  payload: string,
  signal: AbortSignal,
): Promise<Invocation> {
  const client = new LambdaClient(clientConfiguration(endpoint));
  try {
    const answer = await client.send(
      new InvokeCommand({ FunctionName: functionName, Payload: Buffer.from(payload), LogType: 'Tail' }),
      { abortSignal: signal },
    );
    const log = Buffer.from(answer.LogResult ?? '', 'base64').toString();
    return {
      result: parse(answer.Payload?.transformToString() ?? ''),
      failed: answer.FunctionError !== undefined,
      log,
      durationMs: milliseconds(log, 'Duration'),
      initMs: milliseconds(log, 'Init Duration'),
    };
  } finally {
    client.destroy();
  }
}

/** Prints an invocation: its log and figures to stderr, its result, which may be piped on, to stdout. */
export function showInvocation({ result, failed, log, durationMs, initMs }: Invocation): void {
  const start = initMs === undefined ? 'warm' : `cold, ${initMs} ms to start`;
  console.error(styleText('dim', log.trimEnd(), { stream: process.stderr }));
  console.error(`${failed ? 'failed' : 'ended'} after ${durationMs ?? '?'} ms (${start})`);
  console.log(JSON.stringify(result, undefined, 2));
}

/** A figure of the REPORT line that ends an invocation's log. */
function milliseconds(log: string, figure: 'Duration' | 'Init Duration'): number | undefined {
  const report = log.split('\n').findLast((line) => line.startsWith('REPORT'));
  const value = new RegExp(`\\t${figure}: ([\\d.]+) ms`).exec(report ?? '')?.[1];
  return value === undefined ? undefined : Number(value);
}

function parse(payload: string): unknown {
  return payload === '' ? null : JSON.parse(payload);
}

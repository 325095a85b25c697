import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { hostileRequests } from './hostile-requests.fixture.ts';
import { bucket, cloudformation, s3, type WireCall } from './wire-calls.fixture.ts';

/**
 * How much longer others may wait for a hostile request than for the largest template that is allowed: that takes a tenth of a
 * second where nothing else runs, and longer where much does, as everything then takes. A megabyte of YAML takes ten times as
 * long as one of JSON; what grows with the square of its length takes a thousand times.
 */
const mostTimesAsLong = 20;
/** What a template that is quickly read stands for. */
const leastReferenceMs = 100;

let url: string;
let stop: () => Promise<void>;

beforeAll(async () => {
  const script = fileURLToPath(new URL('./endpoint-process.fixture.ts', import.meta.url));
  const child = spawn(process.execPath, [script], { stdio: ['pipe', 'pipe', 'ignore'] });
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  url = line.toString().trim();
  await send(bucket('reference'));
  await send(s3('PUT', '/reference/largest', largest));
  stop = async () => {
    const ended = once(child, 'exit');
    // One that hangs would not hear that its input has ended.
    child.kill('SIGKILL');
    await ended;
  };
});
afterAll(() => stop());

async function send({ path = '/', method = 'POST', headers, body }: WireCall) {
  // What it takes itself does not count, only what others wait meanwhile.
  const signal = AbortSignal.timeout(60_000);
  const content = method === 'GET' ? {} : { body };
  const response = await fetch(url + path, { method, headers: { ...headers }, signal, ...content });
  return { status: response.status, text: await response.text() };
}

/** Sends a request. Answers its answer, and how long the longest of a second client's cheap requests took meanwhile. */
async function withSecondClient(request: WireCall) {
  let done = false;
  const answer = send(request).finally(() => {
    done = true;
  });
  let longest = 0;
  while (!done) {
    const start = performance.now();
    await fetch(`${url}/_emulator/health`, { signal: AbortSignal.timeout(15_000) }).then((response) => response.text());
    longest = Math.max(longest, performance.now() - start);
  }
  return { ...(await answer), longest };
}

/** A template of nearly 1 MB, 500 resources and no fault. */
const largest = JSON.stringify({
  Resources: Object.fromEntries(
    Array.from({ length: 500 }, (_, i) => [
      `Queue${i}`,
      {
        Type: 'AWS::SQS::Queue',
        Properties: { Tags: Array.from({ length: 50 }, (_, tag) => ({ Key: `key${tag}`, Value: `value${tag}` })) },
      },
    ]),
  ),
});

async function longestForLargest(): Promise<number> {
  const TemplateURL = 'https://reference.s3.amazonaws.com/largest';
  const { status, longest } = await withSecondClient(cloudformation('ValidateTemplate', { TemplateURL }));
  expect(status).toBe(200);
  return Math.max(longest, leastReferenceMs);
}

test.each(hostileRequests)('$what keeps nobody else waiting', async ({ before = [], request, status, says }) => {
  for (const call of before) {
    await send(call());
  }
  const reference = await longestForLargest();
  const answered = await withSecondClient(request());
  expect(answered).toMatchObject({ status, text: expect.stringMatching(says ?? /(?:)/) });
  expect(answered.text).not.toContain('call stack');
  expect(answered.longest / reference).toBeLessThan(mostTimesAsLong);
});

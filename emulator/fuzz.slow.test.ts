import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { hostileTexts, inputsOf } from './fuzz/arbitrary.fixture.ts';
import { assertReadable, type FuzzAnswer, type FuzzClient, fuzzClient } from './fuzz/client.fixture.ts';
import { type EncodedRequest, encode, type ProtocolName } from './fuzz/encoding.fixture.ts';
import { lexiconFor } from './fuzz/lexicon.fixture.ts';
import { mutationsOf } from './fuzz/mutation.fixture.ts';
import { samplesOf } from './fuzz/samples.fixture.ts';
import { type FuzzTarget, fuzzTargets } from './fuzz/targets.fixture.ts';
import { questions, worldOf } from './fuzz/world.fixture.ts';
import { type Emulator, startEmulator } from './index.ts';
import { inputOf } from './wire/schema.ts';

/**
 * Whatever a request says, it is answered: in its protocol, with a status that blames who sent it, and with nothing of this
 * machine. Requests are made from the schemas by which the wire reads them. A failure says how to see it again; more of them
 * are sent by `FUZZ_RUNS=100000 npx vitest run emulator/fuzz.slow.test.ts`.
 */

const seed = Number(process.env['FUZZ_SEED'] ?? Date.now() % 2 ** 31);
const numRuns = Number(process.env['FUZZ_RUNS'] ?? 3000);

/** After so many requests what they have deleted is made again. */
const runsOfAWorld = 100;

/** Many more runs than usual take hours. */
const timeoutMs = 3_600_000;

const told: string[] = [];
let emulator: Emulator;
let client: FuzzClient;
let targets: readonly FuzzTarget[];

beforeAll(async () => {
  console.info(`FUZZ_SEED=${seed} FUZZ_RUNS=${numRuns}`);
  vi.spyOn(console, 'error').mockImplementation((...words) => void told.push(words.map(String).join(' ')));
  emulator = await startEmulator({ port: 0 });
  client = fuzzClient(emulator.url);
  targets = await fuzzTargets();
});

afterAll(async () => {
  client.close();
  await emulator.close();
  vi.restoreAllMocks();
});

test('no request of any operation is answered with a fault of the endpoint', { timeout: timeoutMs }, async () => {
  await makeWorld();
  const lexicon = lexiconFor(emulator.url, await known());
  const requests = fc.oneof(
    ...targets.map((target) => requestOf(target, inputsOf(inputOf(target.operation), lexicon))),
    ...[...worldOf(emulator.url), ...samplesOf(emulator.url)].map(([name, input]) =>
      requestOf(targetOf(name), mutationsOf(input)),
    ),
  );
  let sent = 0;
  await fc.assert(
    fc.asyncProperty(requests, async ({ target, protocol, input }) => {
      if (++sent % runsOfAWorld === 0) {
        await makeWorld();
      }
      await assertAnswered(target.service, encode(protocol, target.operation, input));
    }),
    { seed, numRuns },
  );
  expect(await isAlive()).toBe(true);
});

test('no path, query, header or body is, whatever it holds', { timeout: timeoutMs }, async () => {
  const services = [...new Set(targets.map(({ service }) => service)), 'unknown'];
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...services), rawRequests, (service, request) => assertAnswered(service, request)),
    { seed, numRuns: Math.ceil(numRuns / 4) },
  );
  expect(await isAlive()).toBe(true);
});

/** Pieces of requests that mean something to a protocol, put together without sense. */
const words = fc.oneof(
  fc.constantFrom(...hostileTexts),
  fc.constantFrom(
    'fz',
    'fz-bucket',
    '000000000000',
    '2015-03-31',
    'functions',
    '_emulator',
    'health',
    'service',
    'operation',
  ),
  fc.constantFrom('SendMessage', 'Action', 'Version', 'versionId', 'list-type', 'uploads', 'x-id', 'Attribute.1.Name'),
);
const bodies = fc.oneof(
  fc.constantFrom('', '{', '[]', 'null', '5', '"a"', '<a', '<a>', '<a></b>', '<?xml?>', 'Action=', 'Action=%zz&=&&.=.'),
  fc.constantFrom('{"__proto__":{"QueueUrl":"a"}}', '{"__type":"a","__proto__":5}', 'Action=SendMessage&Entries..1.=a'),
  fc.uint8Array({ maxLength: 20 }),
);
const contentTypes = [
  'application/json',
  'application/x-amz-json-1.0',
  'application/x-www-form-urlencoded',
  'text/xml',
];
const rawRequests: fc.Arbitrary<EncodedRequest> = fc
  .record({
    method: fc.constantFrom('GET', 'PUT', 'POST', 'DELETE', 'HEAD', 'PATCH', 'OPTIONS'),
    segments: fc.array(words, { maxLength: 4 }),
    query: fc.array(fc.tuple(words, words), { maxLength: 3 }),
    asTheyAre: fc.boolean(),
    contentType: fc.constantFrom(...contentTypes),
    target: fc.option(words, { nil: undefined }),
    isCbor: fc.boolean(),
    body: bodies,
  })
  .map(({ method, segments, query, asTheyAre, contentType, target, isCbor, body }) => {
    const part = (text: string) =>
      asTheyAre ? text.replace(/[^!-~]|[#?]/g, '') : encodeURIComponent(text.toWellFormed());
    const search = query.map(([name, value]) => `${part(name)}=${part(value)}`).join('&');
    return {
      method,
      path: `/${segments.map(part).join('/')}${search && `?${search}`}`,
      headers: {
        'content-type': contentType,
        ...(target !== undefined && { 'x-amz-target': `Service.${target.replace(/[^ -~]/g, '')}` }),
        ...(isCbor && { 'smithy-protocol': 'rpc-v2-cbor' }),
      },
      body: method === 'GET' || method === 'HEAD' ? '' : body,
    };
  });

/** An input in one of the protocols that its operation is asked for in. */
function requestOf(target: FuzzTarget, inputs: fc.Arbitrary<unknown>): fc.Arbitrary<FuzzRequest> {
  const input = target.name === 'sqs:DeleteQueue' ? inputs.map(sparingQueues) : inputs;
  return fc.record({ target: fc.constant(target), protocol: fc.constantFrom(...target.protocols), input });
}

/** The name of a deleted queue is not free for a minute: the queues that all other requests are about stay. */
function sparingQueues(input: unknown): unknown {
  const { QueueUrl } = (input ?? {}) as { readonly QueueUrl?: unknown };
  return typeof QueueUrl === 'string' && /fz(\.fifo)?\/?$/.test(QueueUrl)
    ? { ...(input as object), QueueUrl: QueueUrl.replace(/fz(\.fifo)?\/?$/, 'fz-spare') }
    : input;
}

interface FuzzRequest {
  readonly target: FuzzTarget;
  readonly protocol: ProtocolName;
  readonly input: unknown;
}

function targetOf(name: string): FuzzTarget {
  const target = targets.find((candidate) => candidate.name === name);
  if (!target) {
    throw new Error(`${name} is not served.`);
  }
  return target;
}

const send = (name: string, input: unknown): Promise<FuzzAnswer> => {
  const { service, protocols, operation } = targetOf(name);
  return client.send(service, encode(protocols[0] ?? 'json', operation, input));
};

async function makeWorld(): Promise<void> {
  for (const [name, input] of worldOf(emulator.url)) {
    await send(name, input);
  }
}

/** Texts that the endpoint has made up. */
async function known(): Promise<Record<string, readonly string[]>> {
  const found: Record<string, readonly string[]> = {};
  for (const [name, input, answers] of questions) {
    const answer = (await send(name, input)).body.toString();
    for (const [member, pattern] of Object.entries(answers)) {
      const [, text] = pattern.exec(answer) ?? [];
      expect(text, `${name} answers a ${member}`).toBeDefined();
      found[member] = [...(found[member] ?? []), text ?? ''];
    }
  }
  return found;
}

async function isAlive(): Promise<boolean> {
  return (await fetch(`${emulator.url}/_emulator/health`)).ok;
}

/** Sends a request, and fails where its answer is none that a client may get. */
async function assertAnswered(service: string, request: EncodedRequest): Promise<void> {
  told.length = 0;
  const answer = await client.send(service, request);
  const text = answer.body.toString();
  if (answer.status >= 500 && !isRefusal(answer)) {
    throw new Error(`${answer.status}: ${text}\n${told.join('\n')}`);
  }
  expect(text).not.toMatch(stack);
  for (const path of hostPaths) {
    expect(text).not.toContain(path);
  }
  assertReadable(answer);
  expect(told.filter((line) => line.includes('failed unexpectedly'))).toEqual([]);
}

const stack = /\n\s+at .+:\d+:\d+/;
const hostPaths = [process.cwd(), join(tmpdir(), 'lambda-'), 'node_modules', 'file:///'];

/** What is not served is said by 501. */
function isRefusal({ status, body }: FuzzAnswer): boolean {
  // An answer to HEAD has no body.
  return status === 501 && /^$|NotImplemented|not served by this endpoint/.test(body.toString());
}

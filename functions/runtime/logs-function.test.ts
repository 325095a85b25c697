import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { testContext } from './context.fixture.ts';
import { logsFunction, readLines } from './logs-function.ts';
import { telemetryInMemory } from './telemetry.fixture.ts';

const pack = (content: unknown) => ({
  awslogs: { data: gzipSync(typeof content === 'string' ? content : JSON.stringify(content)).toString('base64') },
});

const content = {
  messageType: 'DATA_MESSAGE',
  owner: '000000000000',
  logGroup: '/aws/lambda/baking',
  logStream: '2026/11/23/[1]4711',
  subscriptionFilters: ['bakes'],
  logEvents: [
    { id: '1', timestamp: 1_795_420_800_000, message: 'warm\n' },
    { id: '2', timestamp: 1_795_420_800_001, message: '{"a":"é"}' },
  ],
};

test('the lines of an event are handed over, each with its id', async () => {
  const seen: unknown[] = [];
  const handler = logsFunction(async (lines) => void seen.push(...lines), telemetryInMemory());
  await handler(pack(content), testContext());
  expect(seen).toEqual([
    { id: '1', message: 'warm\n' },
    { id: '2', message: '{"a":"é"}' },
  ]);
});

test("a control message is nobody's work", async () => {
  const handler = logsFunction(() => Promise.reject(new Error('too much')), telemetryInMemory());
  const logEvents = [{ id: '', timestamp: 1, message: 'CWL CONTROL MESSAGE: Checking health of destination.' }];
  await expect(handler(pack({ ...content, messageType: 'CONTROL_MESSAGE', logEvents }), testContext())).resolves.toBe(
    undefined,
  );
});

test.each([
  ['nothing', undefined, 'no awslogs.data'],
  ['a schedule', { source: 'aws.events' }, 'no awslogs.data'],
  ['no base64', { awslogs: { data: 'é' } }, 'not JSON'],
  ['no gzip', { awslogs: { data: Buffer.from('{}').toString('base64') } }, 'not JSON'],
  ['half a gzip', { awslogs: { data: pack(content).awslogs.data.slice(0, 80) } }, 'not JSON'],
  ['no JSON', pack('cookies'), 'not JSON'],
  ['no lines', pack({ messageType: 'DATA_MESSAGE' }), 'wrong at logEvents'],
  ['another kind', pack({ ...content, messageType: 'GOSSIP' }), 'wrong at messageType'],
  ['lines without ids', pack({ ...content, logEvents: [{ message: 'x' }] }), 'wrong at logEvents.0.id'],
  ['more than there is memory for', pack(' '.repeat(33 * 1024 * 1024)), 'not JSON'],
])('%s is refused, and says why', async (_, event, why) => {
  await expect(readLines(event)).rejects.toThrow(
    expect.objectContaining({ name: 'UnreadableLog', message: expect.stringContaining(why) }),
  );
});

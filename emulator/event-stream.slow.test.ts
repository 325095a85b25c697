import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Lambda } from '@aws-sdk/client-lambda';
import { expect, onTestFinished, test, vi } from 'vitest';
import { startEndpoint } from './endpoint.fixture.ts';
import { count, environment, key, obeys, table } from './event-cases/case.fixture.ts';
import { cases } from './event-cases.fixture.ts';
import { openStream } from './event-stream.fixture.ts';
import { startEmulator } from './index.ts';
import { zipOf } from './services/lambda/function/zip.fixture.ts';
import { Activity } from './wire/activity/activity.ts';
import { activityTypes } from './wire/activity/event.ts';

test.each(cases)('$what', async ({ does, seen, unseen = [] }) => {
  const endpoint = await startEndpoint();
  const stream = await openStream(endpoint.url);
  const from = Date.now();
  await does(endpoint);
  for (const expected of seen) {
    const { id, time, region } = await stream.saw(expected);
    expect(id).toMatch(/^[0-9a-f]{12}-[1-9]\d*$/);
    expect(time).toBeGreaterThanOrEqual(from);
    expect(region).toBe(expected['region'] === null ? null : 'eu-west-1');
  }
  const types = stream.events().map(({ type }) => type);
  expect(types.filter((type) => unseen.includes(type))).toEqual([]);
});

test('there is a case for every type', () => {
  const seen = new Set(cases.flatMap((one) => one.seen.map(({ type }) => type)));
  expect([...seen].sort()).toEqual([...activityTypes].sort());
});

test('EVENTS.md describes every type, and no other', () => {
  const described = readFileSync(join(import.meta.dirname, 'EVENTS.md'), 'utf8').split('## The types')[1] ?? '';
  const rows = described.split('\n').filter((line) => line.startsWith('| `') && line.includes('.'));
  const types = rows.flatMap((row) => row.split('|')[1]?.match(/[a-z]+\.[A-Za-z]+/g) ?? []);
  expect(types.sort()).toEqual([...activityTypes].sort());
});

test('nobody listens: no event is made, whatever happens', async () => {
  const publish = vi.spyOn(Activity.prototype, 'publish');
  const happens = [
    'a function that is made',
    'a message that is dead-lettered',
    'items that are',
    'a rule that is',
    'a stack that is made',
  ];
  for (const { what, does } of cases) {
    if (happens.some((beginning) => what.startsWith(beginning))) {
      await does(await startEndpoint());
    }
  }
  expect(publish).not.toHaveBeenCalled();
  const endpoint = await startEndpoint();
  const stream = await openStream(endpoint.url);
  await endpoint.queue('q');
  await stream.saw({ type: 'resource.created' });
  expect(publish).toHaveBeenCalled();
  publish.mockRestore();
});

test('two endpoints in one process tell of themselves alone', async () => {
  const one = await startEndpoint();
  const other = await startEndpoint();
  const streams = [await openStream(one.url), await openStream(other.url)] as const;
  await one.queue('of-one');
  await other.queue('of-other');
  await streams[0].saw({ name: 'of-one' });
  await streams[1].saw({ name: 'of-other' });
  expect(JSON.stringify(streams[0].events())).not.toContain('of-other');
  expect(JSON.stringify(streams[1].events())).not.toContain('of-one');
});

test('a snapshot says what is there: first of the stream, and as a page', async () => {
  const endpoint = await startEndpoint();
  await endpoint.deploy('f', obeys);
  await endpoint.invoke('f');
  const { url: QueueUrl } = await endpoint.queue('q');
  await endpoint.sqs.sendMessage({ QueueUrl, MessageBody: 'm' });
  await table(endpoint);
  await endpoint.dynamodb.putItem({ TableName: 'orders', Item: key });
  await endpoint.events.putRule({ Name: 'r', ScheduleExpression: 'rate(1 day)' });
  const there = {
    version: 1,
    time: count,
    regions: [
      {
        name: 'eu-west-1',
        functions: [{ name: 'f', environments: [{ id: environment, version: '$LATEST', state: 'idle' }] }],
        queues: [{ name: 'q', counts: { visible: 1, delayed: 0, inFlight: 0 } }],
        tables: [{ name: 'orders', items: 1 }],
        rules: [{ name: 'r', bus: 'default', enabled: true, schedule: 'rate(1 day)', targets: [] }],
        stacks: [
          expect.objectContaining({
            name: 'CDKToolkit',
            status: 'CREATE_COMPLETE',
            resources: expect.arrayContaining([
              expect.objectContaining({ logicalId: 'CdkBootstrapVersion', status: 'CREATE_COMPLETE' }),
            ]),
          }),
        ],
      },
    ],
  };
  const stream = await openStream(endpoint.url);
  await vi.waitFor(() => expect(stream.snapshots()).toEqual([there]));
  expect(stream.frames[0]?.event).toBe('snapshot');
  expect(await (await fetch(`${endpoint.url}/_emulator/state`)).json()).toEqual(there);
});

test('close ends the streams; the last that they tell is how the environments ended', async () => {
  const emulator = await startEmulator({ port: 0 });
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  const lambda = new Lambda({ endpoint: emulator.url, region: 'eu-west-1', credentials });
  onTestFinished(() => lambda.destroy());
  await lambda.createFunction({
    ...{ FunctionName: 'f', Runtime: 'nodejs24.x', Handler: 'index.handler', Role: 'arn:aws:iam::000000000000:role/r' },
    Code: { ZipFile: zipOf(obeys) },
  });
  const stream = await openStream(emulator.url);
  await lambda.invoke({ FunctionName: 'f' });
  await emulator.close();
  await stream.ended;
  expect(stream.events()).toContainEqual(expect.objectContaining({ type: 'environment.ended', reason: 'shutDown' }));
});

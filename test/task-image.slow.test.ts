import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CreateQueueCommand, SQSClient } from '@aws-sdk/client-sqs';
import { beforeAll, expect, test } from 'vitest';
import { orderTable } from '../functions/adapters/contract.ts';
import { documentsOf } from '../functions/adapters/dynamodb-client.ts';
import { DynamoDbOrderStore } from '../functions/adapters/dynamodb-order-store.ts';
import { createTable, useEndpoint } from '../functions/adapters/endpoint.fixture.ts';
import { cleanupEnvironment } from '../functions/cleanup/environment.fixture.ts';
import { receiveOrder } from '../functions/domain/order.ts';
import { runtimeProfile } from '../functions/runtime/runtime-profile.ts';
import { buildTaskImage, NoContainer, type TaskImage } from '../workshop/experiment/container-image.ts';
import { describeWithImage } from './container-engine.ts';

const repository = join(import.meta.dirname, '..');
const megabyte = 1_000_000;
const buildOptions = { timeout: 10 * 60_000 };

const build = (env: NodeJS.ProcessEnv = process.env, architecture = runtimeProfile.architecture) =>
  buildTaskImage({ repository, signal: new AbortController().signal }, architecture, env);

test.each([
  ['no docker command', { PATH: import.meta.dirname }, undefined, /^no container engine answers: there is no docker/],
  ['an architecture that Lambda does not have', process.env, 'mips', /^there is no image for mips$/],
])('%s is said, and no image is built', async (_, env, architecture, says) => {
  const failure = await build(env, architecture).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(NoContainer);
  expect(failure).toMatchObject({ message: expect.stringMatching(says) });
});

describeWithImage(process.env['BASE_IMAGE'] ?? runtimeProfile.image, () => {
  const endpoint = useEndpoint();
  let image: TaskImage;

  beforeAll(async () => {
    image = await build();
  }, buildOptions.timeout);

  test('it adds at most 200 MB to its base', () => {
    const history = execFileSync('docker', [
      'history',
      '--human=false',
      '--format',
      '{{.Size}} {{.CreatedBy}}',
      image.id,
    ]);
    const layers = history.toString().trim().split('\n');
    const own = layers.slice(
      0,
      layers.findIndex((layer) => layer.includes('WORKDIR /factory')),
    );
    expect(own.length).toBeGreaterThan(2);
    expect(own.reduce((sum, layer) => sum + Number.parseInt(layer, 10), 0)).toBeLessThan(200 * megabyte);
  });

  test('it runs as nobody, under the locale and the time zone of the profile', async () => {
    const program = 'console.log(JSON.stringify([process.getuid(), process.env.LANG, process.env.TZ]))';
    const { exitCode, stdout, isGone } = await image.run(['--eval', program], {});
    expect([exitCode, isGone]).toEqual([0, true]);
    expect(JSON.parse(stdout)).toEqual([65534, runtimeProfile.locale, runtimeProfile.timeZone]);
  });

  test('it cleans up to the end, reports, and is gone', async () => {
    const client = await createTable(endpoint(), {
      TableName: 'orders',
      KeySchema: [{ AttributeName: orderTable.partitionKey, KeyType: 'HASH' }],
      AttributeDefinitions: [{ AttributeName: orderTable.partitionKey, AttributeType: 'S' }],
    });
    const orders = new DynamoDbOrderStore(documentsOf(client), 'orders');
    const queue = new SQSClient({ ...endpoint(), useQueueUrlAsEndpoint: false });
    const { QueueUrl = '' } = await queue.send(new CreateQueueCommand({ QueueName: 'bake' }));
    const items = [{ recipe: 'raisin', quantity: 1, priceCents: 110 }];
    await orders.add(receiveOrder('expired', 'Ada', items, new Date(Date.now() - 121 * 60_000)));

    const { exitCode, stdout, stderr, isGone } = await image.run(
      ['functions/cleanup/main.ts'],
      cleanupEnvironment(endpoint(), QueueUrl),
    );
    expect([exitCode, isGone], stderr).toEqual([0, true]);
    const report = JSON.parse(stdout.trim().split('\n').at(-1) ?? '');
    expect(report).toMatchObject({ removed: { baked: 0, expired: 1 }, complete: true, release: '4711' });
    expect(await orders.find('expired')).toBeUndefined();
  });

  test('a cleanup that fails ends with 1 and says why', async () => {
    const { exitCode, stderr, isGone } = await image.run(['functions/cleanup/main.ts'], { ORDER_TABLE: '' });
    expect([exitCode, isGone]).toEqual([1, true]);
    expect(stderr).toMatch(/^Cleanup failed: /);
  });
});

test('what git ignores gets into no image', () => {
  const patterns = (file: string) =>
    readFileSync(join(repository, file), 'utf8')
      .split('\n')
      .map((line) => line.replace(/^\*\*\/|\/$/g, ''))
      .filter((line) => line && !line.startsWith('#'));
  expect(patterns('.dockerignore')).toEqual(expect.arrayContaining(patterns('.gitignore').filter((p) => p !== '.env')));
  expect(patterns('.dockerignore')).toEqual(expect.arrayContaining(['.env*', '.git']));
});

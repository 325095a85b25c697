import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { type Emulator, startEmulator } from 'embedded-aws';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { localAccessKeys } from '../client/endpoint/aws-environment.ts';
import { clientConfiguration } from '../client/endpoint/client-configuration.ts';
import type { FactoryOutputs } from '../client/factory/deployed-factory.ts';
import { followOrder, placeAcceptedOrder } from '../client/factory/order-client.ts';
import { runCommandLine, scratchFolder } from '../terminal/command.fixture.ts';
import { deployFinished } from '../test/finished-factory.fixture.ts';

/** What a person types to break the factory, to heal it, and to change a setting, at an endpoint with the factory on it. */
let emulator: Emulator;
let factory: FactoryOutputs;

beforeAll(async () => {
  emulator = await startEmulator({ port: 0, accessKeys: localAccessKeys });
  factory = await deployFinished(emulator.url);
}, 120_000);

afterAll(() => emulator?.close());

const run = (script: string, ...args: string[]) => runCommandLine(script, args, { AWS_ENDPOINT_URL: emulator.url });

async function says(script: string, ...args: string[]): Promise<string> {
  const { code, stdout, stderr } = await run(script, ...args);
  expect(stderr).toBe('');
  expect(code).toBe(0);
  return stdout.trim();
}

async function bakeOne(): Promise<void> {
  const order = { customer: 'Ada', items: [{ recipe: 'smores', quantity: 1 }] };
  const { orderId } = await placeAcceptedOrder(factory.OrderingUrl, order, { endpoint: emulator.url });
  await followOrder(factory.OrderingUrl, orderId, { endpoint: emulator.url });
}

test('a function is killed by its short name', async () => {
  await bakeOne();
  expect(await says('break', 'kill', 'baking')).toMatch(/^Killed [1-9]\d* environments? of baking\./);
  expect(await says('break', 'kill', 'baking')).toMatch(/^No environment of baking was running\./);
  await bakeOne();
});

test('every fault is set by short names, shown, and healed', async () => {
  await says('break', 'kill-at-work', 'baking', '--times', '2');
  await says('break', 'fail', 'sqs:SendMessage', '--function', 'ordering', '--times', '3');
  await says('break', 'delay', 'dynamodb:PutItem', '--ms', '500');
  await says('break', 'deliver-twice', '--times', '5');
  const pending = [
    'baking: killed at work, 2 to come',
    'sqs:SendMessage by ordering: fails with ServiceUnavailable, 3 to come',
    'dynamodb:PutItem: 500 ms longer, 1 to come',
    expect.stringMatching(/BakeQueue.*: delivered twice, 5 to come$/),
  ];
  const shown = (await says('break', 'show')).split('\n');
  expect(shown.slice(-4)).toEqual(pending);
  expect(shown[1]).toMatch(/^baking +\d+ running, \d+ at work$/);
  expect((await says('break', 'heal')).split('\n')).toEqual(['Taken back:', ...pending]);
  expect(await says('break', 'heal')).toBe('There was nothing to heal.');
  await bakeOne();
});

test('a setting is shown, changed, and found where the factory reads it', async () => {
  expect(await says('set')).toMatch(/^oven: 20 ms\nrecipes: \d\d recipes\nkey: \d+ characters$/);
  expect(await says('set', 'oven')).toBe('oven: 20 ms');
  expect(await says('set', 'oven', '40')).toBe('oven: 20 ms -> 40 ms. The factory takes notice within 5 s.');
  const client = new SSMClient(clientConfiguration(emulator.url));
  const { Parameter } = await client.send(new GetParameterCommand({ Name: factory['OvenTimeParameter'] }));
  client.destroy();
  expect(Parameter?.Value).toBe('40');
  expect(await says('set', 'key', 'a-new-key')).toBe(
    'key: 32 characters -> 9 characters. The factory takes notice within 5 s.',
  );
});

test('a recipe book is a file', async () => {
  const file = join(scratchFolder(), 'book.json');
  const recipe = { name: 'smores', title: 'S', priceCents: 1, ingredients: { marshmallow: 20 }, shelfLifeDays: 1 };
  writeFileSync(file, JSON.stringify([recipe]));
  expect(await says('set', 'recipes', file)).toMatch(/^recipes: \d\d recipes -> 1 recipes\./);
  expect(await says('set', 'recipes', 'infra/house-recipes.json')).toMatch(/^recipes: 1 recipes -> \d\d recipes\./);
});

describe('what makes no sense is refused in one line', () => {
  test.each([
    {
      script: 'break',
      args: ['kill', 'oven'],
      says: /no function "oven" in this stack\. The functions are: ordering, baking/,
    },
    { script: 'break', args: ['kill'], says: /missing required argument 'function'/ },
    { script: 'break', args: ['explode'], says: /unknown command 'explode'/ },
    { script: 'break', args: ['kill-at-work', 'baking', '--times', '0'], says: /A whole number from 1 to/ },
    { script: 'break', args: ['delay', 'sqs:SendMessage'], says: /required option '--ms <number>' not specified/ },
    { script: 'break', args: ['fail', 'sqs:Nothing'], says: /The service sqs has no operation Nothing\.$/m },
    {
      script: 'break',
      args: ['kill', 'baking', '--snapshot', '3'],
      says: /Snapshot 3 is not deployed at .* These are: 12\./,
    },
    { script: 'set', args: ['oven', 'hot'], says: /"hot" is no oven time/ },
    { script: 'set', args: ['ovens', '4'], says: /no setting "ovens"\. The settings are: oven, recipes, key\./ },
    { script: 'set', args: ['recipes', 'package.json'], says: /package\.json cannot be read: recipes: must be a list/ },
  ])('$script $args', async ({ script, args, says }) => {
    const { code, stderr } = await run(script, ...args);
    expect(stderr).toMatch(says);
    expect(stderr).not.toMatch(/^\s+at /m);
    expect(code).toBe(1);
  });
});

test('an endpoint without a fault port cannot be broken', async () => {
  const closed = await startEmulator({ port: 0, faults: false });
  const { code, stderr } = await runCommandLine('break', ['heal'], { AWS_ENDPOINT_URL: closed.url });
  await closed.close();
  expect(stderr).toMatch(/^error http:\S+ cannot be broken: this endpoint has no fault port\.\n$/);
  expect(code).toBe(1);
});

test.each(['break', 'set'])('%s --help shows examples', async (script) => {
  const { code, stdout } = await runCommandLine(script, ['--help']);
  expect(stdout).toMatch(new RegExp(`Example:\\n\\s+npm run ${script} -- `));
  expect(code).toBe(0);
});

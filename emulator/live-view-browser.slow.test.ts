import { expect, test, vi } from 'vitest';
import { type DrivenPage, describeInBrowser, drivePage } from '../test/chromium.ts';
import { startEndpoint } from './endpoint.fixture.ts';
import { startEmulator } from './index.ts';

/** A text that would be markup, and a script, where it were taken for either. */
const hostile = `<img src=x onerror="document.title='broken in'"><b>bold</b>`;
const says = `export const handler = async ({ say, fails }) => {
  console.log(say);
  if (fails) throw new Error('asked to');
};`;

const textOf = (page: DrivenPage, selector = 'main'): Promise<string> =>
  page.evaluate(`document.querySelector(${JSON.stringify(selector)})?.innerText ?? ''`);

const shows = (page: DrivenPage, selector: string, text: string | RegExp) =>
  vi.waitFor(async () => expect(await textOf(page, selector)).toMatch(text));

const press = async (page: DrivenPage, key: string, code: number) => {
  for (const type of ['rawKeyDown', 'keyUp']) {
    await page.send('Input.dispatchKeyEvent', { type, key, code: key, windowsVirtualKeyCode: code });
  }
};

/** A row as text. */
const row = (...cells: readonly (string | number)[]) => new RegExp(cells.join('\\s+'));

describeInBrowser(() => {
  test('what happens is drawn, and nothing of it is taken for markup', async () => {
    const endpoint = await startEndpoint();
    const page = await drivePage(`${endpoint.url}/`);
    await shows(page, '#connection', 'Connected');
    await shows(page, 'main', 'No function is deployed');
    await endpoint.deploy('baking', says);
    await endpoint.invoke('baking', { say: hostile });
    await endpoint.lambda.invoke({ FunctionName: 'baking', Payload: JSON.stringify({ say: 'no', fails: true }) });
    await shows(page, '#functions', row('baking', '1 idle', 2, 1, 'error'));
    await shows(page, '#functions', 'cold');
    await shows(page, '#logs', hostile);

    const dead = await endpoint.queue('dead');
    const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: dead.arn, maxReceiveCount: 1 });
    const { QueueUrl = '' } = await endpoint.sqs.createQueue({ QueueName: 'bake', Attributes: { RedrivePolicy } });
    for (const MessageBody of ['1', '2', '3']) {
      await endpoint.sqs.sendMessage({ QueueUrl, MessageBody });
    }
    await endpoint.sqs.receiveMessage({ QueueUrl, VisibilityTimeout: 0 });
    await endpoint.sqs.receiveMessage({ QueueUrl, MaxNumberOfMessages: 10 });
    await shows(page, '#queues', row('bake', 0, 2, 1, 1));
    await shows(page, '#queues', row('dead', 1, 0, 0, 0));

    await endpoint.createStack('shop', {
      TemplateBody: JSON.stringify({
        Resources: {
          T: {
            Type: 'AWS::DynamoDB::Table',
            Properties: {
              TableName: 'orders',
              BillingMode: 'PAY_PER_REQUEST',
              AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
              KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
            },
          },
          R: { Type: 'AWS::Events::Rule', Properties: { Name: 'nightly', ScheduleExpression: 'rate(1 day)' } },
        },
      }),
    });
    await endpoint.dynamodb.putItem({ TableName: 'orders', Item: { id: { S: hostile } } });
    await shows(page, '#tables', row('orders', 1, 1, 0, '<img'));
    await shows(page, '#rules', row('nightly', 'rate\\(1 day\\)', 0));
    await shows(page, '#stacks', row('shop', 'CREATE_COMPLETE', '2 of 2'));
    await fetch(`${endpoint.url}/_emulator/faults/kill`, { method: 'POST', body: '{"function":"baking"}' });
    await shows(page, '#functions', 'the last to end was killed');
    await shows(page, '#faults', 'applied: kill, function baking');

    expect(await page.evaluate('document.title')).toBe('Embedded AWS: live view');
    expect(await page.evaluate(`document.querySelectorAll('main b, main img').length`)).toBe(0);
    expect(page.errors).toEqual([]);

    const late = await drivePage(`${endpoint.url}/`);
    await shows(late, '#queues', row('bake', 0, 2, 0, 0));
    await shows(late, '#stacks', row('shop', 'CREATE_COMPLETE', '2 of 2'));
    await shows(late, '#functions', row('baking', 'none', 0, 0));
  });

  test('a connection that is lost is said, and comes back by itself', async () => {
    const first = await startEmulator({ port: 0 });
    const page = await drivePage(`${first.url}/`);
    await shows(page, '#connection', 'Connected');
    await first.close();
    await shows(page, '#connection', 'does not answer');
    expect(await page.evaluate(`document.querySelector('#connection').getAttribute('role')`)).toBe('status');
    const second = await startEndpoint({ port: Number(new URL(first.url).port) });
    await second.queue('of-the-second');
    await shows(page, '#connection', 'Connected');
    await shows(page, '#queues', 'of-the-second');
  });

  test('all of it is in reach of the keyboard', async () => {
    const endpoint = await startEndpoint();
    await endpoint.logs.createLogGroup({ logGroupName: 'g' });
    const page = await drivePage(`${endpoint.url}/`);
    await shows(page, '#stacks', 'CDKToolkit');
    await endpoint.logs.createLogStream({ logGroupName: 'g', logStreamName: 's' });
    const logEvents = [{ timestamp: Date.now(), message: 'line' }];
    await endpoint.logs.putLogEvents({ logGroupName: 'g', logStreamName: 's', logEvents });
    await shows(page, '#logs', 'line');
    const reached: string[] = [];
    for (let i = 0; i < 4; i++) {
      await press(page, 'Tab', 9);
      reached.push(await page.evaluate(`document.activeElement.id || document.activeElement.tagName`));
    }
    expect(reached).toEqual(expect.arrayContaining(['SUMMARY', 'log-group', 'logs']));
    await page.evaluate(`document.querySelector('summary').focus()`);
    await page.send('Input.dispatchKeyEvent', {
      type: 'keyDown',
      key: 'Enter',
      windowsVirtualKeyCode: 13,
      text: '\r',
    });
    await shows(page, '#stacks', 'CdkBootstrapVersion');
    // What is drawn anew keeps what somebody has opened, and where they are.
    await endpoint.createStack('shop', { TemplateBody: '{"Resources":{"Q":{"Type":"AWS::SQS::Queue"}}}' });
    await shows(page, '#stacks', 'shop');
    expect(await textOf(page, '#stacks')).toContain('CdkBootstrapVersion');
    expect(await page.evaluate(`document.activeElement.tagName`)).toBe('SUMMARY');
  });

  test('everything stands still for who wants that, and moves for others', async () => {
    const endpoint = await startEndpoint();
    await endpoint.deploy('slow', `await new Promise(() => setInterval(() => undefined, 1000)); ${says}`);
    const page = await drivePage(`${endpoint.url}/`);
    await shows(page, '#functions', 'slow');
    const invoked = endpoint.lambda.invoke({ FunctionName: 'slow', Payload: '{}' });
    await shows(page, '#functions', '1 starting');
    const motion = (value: string) =>
      page
        .send('Emulation.setEmulatedMedia', { features: [{ name: 'prefers-reduced-motion', value }] })
        .then(() => page.evaluate<number>('document.getAnimations().length'));
    expect(await motion('no-preference')).toBe(1);
    expect(await motion('reduce')).toBe(0);
    await fetch(`${endpoint.url}/_emulator/faults/kill`, { method: 'POST', body: '{"function":"slow"}' });
    await invoked;
  });
});

import { expect, test, vi } from 'vitest';
import { startEndpoint } from './endpoint.fixture.ts';

/** Logs, and answers, which version it is. */
const saysVersion = `export const handler = async (event, { functionVersion }) => {
  console.log('from', event.Records ? 'queue' : event['detail-type'] ?? 'caller', functionVersion);
  return functionVersion;
};`;

/** A function with an alias that sends a part of its traffic, 0 to 1, to version 2 instead of version 1. */
async function startWeighted(weight: number) {
  const endpoint = await startEndpoint();
  const { deploy, lambda } = endpoint;
  await deploy('f', saysVersion);
  await lambda.publishVersion({ FunctionName: 'f' });
  await lambda.updateFunctionConfiguration({ FunctionName: 'f', Description: 'second' });
  await lambda.publishVersion({ FunctionName: 'f' });
  await lambda.createAlias({
    FunctionName: 'f',
    Name: 'live',
    FunctionVersion: '1',
    RoutingConfig: { AdditionalVersionWeights: { 2: weight } },
  });
  const addUrl = async () => {
    const { FunctionUrl = '' } = await lambda.createFunctionUrlConfig({
      FunctionName: 'f',
      Qualifier: 'live',
      AuthType: 'NONE',
    });
    const grant = { FunctionName: 'f', Qualifier: 'live', Principal: '*' };
    const byUrl = { Action: 'lambda:InvokeFunctionUrl', FunctionUrlAuthType: 'NONE' as const };
    await lambda.addPermission({ ...grant, ...byUrl, StatementId: 'url' });
    const invoke = { Action: 'lambda:InvokeFunction', InvokedViaFunctionUrl: true };
    await lambda.addPermission({ ...grant, ...invoke, StatementId: 'invoke' });
    return FunctionUrl;
  };
  return { ...endpoint, addUrl };
}

const sequence = async <T>(count: number, make: () => Promise<T>): Promise<T[]> => {
  const made: T[] = [];
  for (let i = 0; i < count; i++) {
    made.push(await make());
  }
  return made;
};

test('the weights of an alias share out what is invoked and what comes by its URL', async () => {
  const { invoke, addUrl } = await startWeighted(0.5);
  const url = await addUrl();
  // That all go to one version happens once in 10^15 runs.
  expect(new Set(await sequence(50, () => invoke('f:live')))).toEqual(new Set(['1', '2']));
  expect(new Set(await sequence(50, async () => (await fetch(url)).text()))).toEqual(new Set(['1', '2']));
});

test('a weight of 1 leaves nothing to the alias’s own version, whoever asks', async () => {
  const { invoke, addUrl, lambda, events, sqs, queue, arnOf, logged } = await startWeighted(1);
  expect(await invoke('f:live')).toBe('2');
  expect(await (await fetch(await addUrl())).text()).toBe('2');

  const { url: QueueUrl, arn: EventSourceArn } = await queue('bake');
  await lambda.createEventSourceMapping({ FunctionName: arnOf('f:live'), EventSourceArn });
  await sqs.sendMessage({ QueueUrl, MessageBody: 'order' });
  await events.putRule({ Name: 'clean', EventPattern: JSON.stringify({ source: ['factory'] }) });
  await events.putTargets({ Rule: 'clean', Targets: [{ Id: 'f', Arn: arnOf('f:live') }] });
  await events.putEvents({ Entries: [{ Source: 'factory', DetailType: 'schedule', Detail: '{}' }] });
  await vi.waitFor(async () => {
    const lines = (await logged('f')).map((line) => line.split('\t').at(-1));
    expect(lines).toEqual(expect.arrayContaining(['from queue 2', 'from schedule 2']));
  });
  const attributes = { QueueUrl, AttributeNames: ['ApproximateNumberOfMessagesNotVisible' as const] };
  await vi.waitFor(async () => {
    const { Attributes } = await sqs.getQueueAttributes(attributes);
    expect(Attributes).toEqual({ ApproximateNumberOfMessagesNotVisible: '0' });
  });
});

test('an alias that moves takes its mapping along', async () => {
  const { lambda, sqs, queue, arnOf, logged } = await startWeighted(0);
  const { url: QueueUrl, arn: EventSourceArn } = await queue('bake');
  await lambda.createEventSourceMapping({ FunctionName: arnOf('f:live'), EventSourceArn });
  const handledBy = async (version: number) => {
    await sqs.sendMessage({ QueueUrl, MessageBody: 'order' });
    await vi.waitFor(async () => expect((await logged('f')).at(-1)).toMatch(new RegExp(`from queue ${version}$`)));
  };
  await handledBy(1);
  await lambda.updateAlias({
    FunctionName: 'f',
    Name: 'live',
    FunctionVersion: '2',
    RoutingConfig: { AdditionalVersionWeights: {} },
  });
  await handledBy(2);
});

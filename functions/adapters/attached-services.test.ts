import { createHmac, randomUUID } from 'node:crypto';
import { CreateSecretCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { CreateQueueCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { expect, test } from 'vitest';
import { bakeWork } from '../domain/contract.ts';
import { useEndpoint } from './endpoint.fixture.ts';
import { OvenTimeParameter } from './oven-time-parameter.ts';
import { SqsBakeQueue } from './sqs-bake-queue.ts';
import { SupplierKeySecret } from './supplier-key-secret.ts';

const endpoint = useEndpoint();

test('a ticket on the bake queue can be read by the kitchen', async () => {
  const client = new SQSClient({ ...endpoint(), useQueueUrlAsEndpoint: false });
  const { QueueUrl = '' } = await client.send(new CreateQueueCommand({ QueueName: 'bake' }));
  const ticket = { orderId: 'a', placedAt: '2026-11-23T08:00:00.000Z', items: [{ recipe: 'sabayon', quantity: 2 }] };
  await new SqsBakeQueue(client, QueueUrl).put(ticket);
  const { Messages = [] } = await client.send(new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 20 }));
  expect(Messages.map(({ Body = '' }) => JSON.parse(Body))).toEqual([ticket]);
});

test('a supplier signs with the key in its secret', async () => {
  const client = new SecretsManagerClient(endpoint());
  const { ARN = '' } = await client.send(new CreateSecretCommand({ Name: randomUUID(), SecretString: 'sugar' }));
  const sign = await new SupplierKeySecret(client, ARN).signer();
  expect(sign('flour 13')).toBe(createHmac('sha256', 'sugar').update('flour 13').digest('hex'));
});

test.each([
  { value: '0', milliseconds: 0 },
  { value: ' 20 ', milliseconds: 20 },
  { value: '60000', milliseconds: 60_000 },
])('an oven set to "$value" bakes for $milliseconds ms', async ({ value, milliseconds }) => {
  expect(await ovenSetTo(value)).toBe(milliseconds);
});

test.each(['-1', '1.5', 'hot', '60001'])('an oven set to "%s" is refused by the parameter name', async (value) => {
  await expect(ovenSetTo(value)).rejects.toThrow(/\/oven\/.*not a whole number/);
});

test('an oven is refused that bakes for longer than its kitchen has time for', async () => {
  expect(await ovenSetTo(String(bakeWork.longestOvenMs), bakeWork.longestOvenMs)).toBe(bakeWork.longestOvenMs);
  await expect(ovenSetTo(String(bakeWork.longestOvenMs + 1), bakeWork.longestOvenMs)).rejects.toThrow(
    /"51", and not a whole number of milliseconds from 0 to 50/,
  );
});

async function ovenSetTo(Value: string, longestMs?: number): Promise<number> {
  const client = new SSMClient(endpoint());
  const Name = `/oven/${randomUUID()}`;
  await client.send(new PutParameterCommand({ Name, Value, Type: 'String' }));
  return new OvenTimeParameter(client, Name, longestMs).milliseconds();
}

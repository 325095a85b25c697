import { CloudFormationClient, CreateStackCommand, type UpdateStackInput } from '@aws-sdk/client-cloudformation';
import { PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { startEmulator } from 'embedded-aws';
import { expect, onTestFinished, test } from 'vitest';
import { localAccessKeys } from '../client/endpoint/aws-environment.ts';
import { clientConfiguration } from '../client/endpoint/client-configuration.ts';
import { readStack, updateStack } from './deployed-stack.ts';

const { signal } = new AbortController();

const Parameters = {
  Version: { Type: 'String', Default: '1' },
  Oven: { Type: 'String', Default: 'small' },
  Flour: { Type: 'String' },
  Place: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/place' },
};
const Resources = { Note: { Type: 'AWS::SSM::Parameter', Properties: { Type: 'String', Value: { Ref: 'Version' } } } };
const Outputs = Object.fromEntries(Object.keys(Parameters).map((name) => [name, { Value: { Ref: name } }]));
const template = { Parameters, Resources, Outputs };

/** A stack with an oven that is not the usual one, and a client that notes what it sends. */
async function deployed() {
  const emulator = await startEmulator({ port: 0, accessKeys: localAccessKeys });
  onTestFinished(() => emulator.close());
  const ssm = new SSMClient(clientConfiguration(emulator.url));
  await ssm.send(new PutParameterCommand({ Name: '/place', Value: 'kitchen', Type: 'String' }));
  ssm.destroy();
  const client = new CloudFormationClient(clientConfiguration(emulator.url));
  onTestFinished(() => client.destroy());
  const sent: UpdateStackInput[] = [];
  client.middlewareStack.add(
    (next, { commandName }) =>
      async (args) => {
        if (commandName === 'UpdateStackCommand') {
          sent.push(args.input as UpdateStackInput);
        }
        return await next(args);
      },
    { step: 'initialize' },
  );
  await client.send(
    new CreateStackCommand({
      ...{ StackName: 'Bakery', TemplateBody: JSON.stringify(template) },
      Parameters: [
        { ParameterKey: 'Oven', ParameterValue: 'large' },
        { ParameterKey: 'Flour', ParameterValue: 'rye' },
      ],
    }),
  );
  const read = async () => {
    const stack = await readStack('Bakery', client, signal);
    if (!stack) {
      throw new Error('There is no Bakery.');
    }
    return stack;
  };
  return { client, sent, read };
}

test('an update sends the template, what changes, and what is not as the template has it', async () => {
  const { client, sent, read } = await deployed();
  expect(await updateStack(await read(), { parameters: { Version: '2' } }, client, signal)).toBe(true);
  expect(sent).toEqual([
    expect.objectContaining({
      TemplateBody: JSON.stringify(template),
      Parameters: [
        { ParameterKey: 'Version', ParameterValue: '2' },
        { ParameterKey: 'Oven', UsePreviousValue: true },
        { ParameterKey: 'Flour', UsePreviousValue: true },
      ],
    }),
  ]);
  expect(sent[0]).not.toHaveProperty('UsePreviousTemplate');
  expect((await read()).outputs).toEqual({ Version: '2', Oven: 'large', Flour: 'rye', Place: 'kitchen' });
});

test('where nothing changes there was nothing to do', async () => {
  const { client, sent, read } = await deployed();
  const stack = await read();
  expect(await updateStack(stack, { parameters: {} }, client, signal)).toBe(false);
  expect(await updateStack(stack, { parameters: stack.parameters }, client, signal)).toBe(false);
  expect(sent[1]).toEqual(sent[0]);
});

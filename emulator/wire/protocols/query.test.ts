import * as cloudformation from '@aws-sdk/client-cloudformation';
import * as iam from '@aws-sdk/client-iam';
import * as sqs from '@aws-sdk/client-sqs';
import { expect, test } from 'vitest';
import type { WireRequest } from '../http.ts';
import { serviceModel } from '../service.ts';
import { query } from './query.ts';

const models = {
  cloudformation: serviceModel('cloudformation', cloudformation, { xmlNamespace: 'http://cloudformation.example/' }),
  iam: serviceModel('iam', iam),
  sqs: serviceModel('sqs', sqs, { pathMember: 'QueueUrl' }),
};

const post = (form: string, path = '/'): WireRequest => ({
  method: 'POST',
  path,
  search: '',
  query: new URLSearchParams(),
  headers: { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' },
  body: Buffer.from(form),
});

async function decode(model: keyof typeof models, request: WireRequest): Promise<unknown> {
  const operation = query.operation(models[model], request);
  return operation && query.decode(operation, request, models[model]);
}

test.each<{ what: string; model: keyof typeof models; form: string; input: unknown }>([
  {
    what: 'a list',
    model: 'cloudformation',
    form: 'Action=CreateStack&StackName=s&Capabilities.member.1=A&Capabilities.member.2=B',
    input: { StackName: 's', Capabilities: ['A', 'B'] },
  },
  {
    what: 'a list by its numbers, not by their order in the form',
    model: 'cloudformation',
    form: `Action=CreateStack&${[10, 2, 1].map((n) => `Capabilities.member.${n}=${n}`).join('&')}`,
    input: { Capabilities: ['1', '2', '10'] },
  },
  {
    what: 'an empty list',
    model: 'cloudformation',
    form: 'Action=CreateStack&StackName=s&Tags=',
    input: { StackName: 's', Tags: [] },
  },
  {
    what: 'structures, booleans and numbers',
    model: 'cloudformation',
    form: 'Action=CreateStack&DisableRollback=false&TimeoutInMinutes=5&Tags.member.1.Key=a&Tags.member.1.Value=',
    input: { DisableRollback: false, TimeoutInMinutes: 5, Tags: [{ Key: 'a', Value: '' }] },
  },
  {
    what: 'escaped text',
    model: 'iam',
    form: 'Action=CreateRole&RoleName=a%2Bb+c%C3%A9%26',
    input: { RoleName: 'a+b cé&' },
  },
  {
    what: 'a flattened map',
    model: 'sqs',
    form: 'Action=CreateQueue&QueueName=q&Attribute.1.Name=DelaySeconds&Attribute.1.Value=5',
    input: { QueueName: 'q', Attributes: { DelaySeconds: '5' } },
  },
  {
    what: 'a flattened list of structures, bytes in a map',
    model: 'sqs',
    form: 'Action=SendMessageBatch&QueueUrl=q&SendMessageBatchRequestEntry.1.Id=a&SendMessageBatchRequestEntry.1.MessageAttribute.1.Name=x.y&SendMessageBatchRequestEntry.1.MessageAttribute.1.Value.DataType=Binary&SendMessageBatchRequestEntry.1.MessageAttribute.1.Value.BinaryValue=Af8%3D',
    input: {
      QueueUrl: 'q',
      Entries: [
        { Id: 'a', MessageAttributes: { 'x.y': { DataType: 'Binary', BinaryValue: new Uint8Array([1, 255]) } } },
      ],
    },
  },
])('reads $what', async ({ model, form, input }) => {
  const decoded = await decode(model, post(form));
  expect(JSON.parse(JSON.stringify(decoded))).toEqual(JSON.parse(JSON.stringify(input)));
});

test.each([
  { what: 'the path, where the form does not name it', form: 'Action=PurgeQueue', path: '/0/q', url: '/0/q' },
  { what: 'the form, whatever the path', form: 'Action=PurgeQueue&QueueUrl=u', path: '/0/q', url: 'u' },
  { what: 'nothing', form: 'Action=PurgeQueue', path: '/', url: undefined },
])('a queue is named by $what', async ({ form, path, url }) => {
  expect(await decode('sqs', post(form, path))).toEqual(url === undefined ? {} : { QueueUrl: url });
});

test('a path says nothing to an operation without the member', async () => {
  expect(await decode('sqs', post('Action=ListQueues', '/0/q'))).toEqual({});
});

test('a request can come as a query string', async () => {
  const request = { ...post(''), method: 'GET', query: new URLSearchParams('Action=GetRole&RoleName=r') };
  expect(await decode('iam', request)).toEqual({ RoleName: 'r' });
});

test('an unknown action is no operation', () => {
  expect(query.operation(models.iam, post('Action=Bake'))).toBeUndefined();
});

const text = ({ body }: { readonly body: Uint8Array | string }) => Buffer.from(body).toString();

test('an answer is wrapped, in the namespace of its service', () => {
  const answer = query.encode(cloudformation.CreateStack$, { StackId: '<s>' }, models.cloudformation, 'id');
  expect(text(answer)).toBe(
    '<CreateStackResponse xmlns="http://cloudformation.example/"><CreateStackResult><StackId>&lt;s&gt;</StackId></CreateStackResult><ResponseMetadata><RequestId>id</RequestId></ResponseMetadata></CreateStackResponse>',
  );
});

test('an operation without output has no result', () => {
  const answer = query.encode(cloudformation.DeleteStack$, undefined, models.cloudformation, 'id');
  expect(text(answer)).not.toContain('Result>');
});

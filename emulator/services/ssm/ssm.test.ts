import * as ssm from '@aws-sdk/client-ssm';
import { expect, test } from 'vitest';
import { serve } from '../../gateway.fixture.ts';
import { internalCall, type Region } from '../../wire/operation.ts';
import { createSsm } from './ssm.ts';

const region: Region = { accountId: '000000000000', name: 'eu-west-1', endpoint: 'http://127.0.0.1:4566' };

/** A parameter store, called in process; what is wrong is a rejection. */
function parameterStore() {
  const { operations } = createSsm(region);
  return {
    put: async (input: ssm.PutParameterRequest) => operations.PutParameter(input, internalCall()),
    get: async (Name: string, WithDecryption = false) =>
      (await operations.GetParameter({ Name, WithDecryption })).Parameter,
    operations,
  };
}

test('a parameter is put, read by name, ARN, version and label, and put again', async () => {
  const { put, get, operations } = parameterStore();
  expect(await put({ Name: '/oven/minutes', Value: '12', Type: 'String' })).toEqual({ Version: 1, Tier: 'Standard' });
  expect(await put({ Name: '/oven/minutes', Value: '15', Overwrite: true })).toEqual({ Version: 2, Tier: 'Standard' });
  const labelled = operations.LabelParameterVersion({
    Name: '/oven/minutes',
    ParameterVersion: 1,
    Labels: ['crisp', '1st', 'awsome'],
  });
  expect(labelled).toEqual({ InvalidLabels: ['1st', 'awsome'], ParameterVersion: 1 });

  const arn = 'arn:aws:ssm:eu-west-1:000000000000:parameter/oven/minutes';
  expect(await get('/oven/minutes')).toEqual({
    Name: '/oven/minutes',
    Type: 'String',
    Value: '15',
    Version: 2,
    ARN: arn,
    DataType: 'text',
    LastModifiedDate: expect.any(Date),
  });
  expect(await get(arn)).toMatchObject({ Value: '15', Name: '/oven/minutes' });
  expect(await get('/oven/minutes:1')).toMatchObject({ Value: '12', Name: '/oven/minutes', Selector: ':1' });
  expect(await get('/oven/minutes:crisp')).toMatchObject({ Value: '12', Selector: ':crisp' });
  expect(await get(`${arn}:crisp`)).toMatchObject({ Value: '12', Selector: ':crisp' });
});

test('a label moves to the version that gets it', async () => {
  const { put, operations } = parameterStore();
  await put({ Name: 'p', Value: '1', Type: 'String' });
  await put({ Name: 'p', Value: '2', Overwrite: true });
  operations.LabelParameterVersion({ Name: 'p', ParameterVersion: 1, Labels: ['live'] });
  operations.LabelParameterVersion({ Name: 'p', Labels: ['live'] });
  const labels = () => operations.GetParameterHistory({ Name: 'p' }).Parameters.map((one) => one.Labels);
  expect(labels()).toEqual([[], ['live']]);
  const taken = operations.UnlabelParameterVersion({ Name: 'p', ParameterVersion: 2, Labels: ['live', 'old'] });
  expect(taken).toEqual({ RemovedLabels: ['live'], InvalidLabels: ['old'] });
  expect(labels()).toEqual([[], []]);
});

test.each([
  { id: '/nowhere', error: ssm.ParameterNotFound },
  { id: '/aws/service/ami-amazon-linux-latest/al2023', error: ssm.ParameterNotFound },
  { id: 'arn:aws:ssm:eu-west-1:000000000000:parameter/nowhere', error: ssm.ParameterNotFound },
  { id: 'known:2', error: ssm.ParameterVersionNotFound },
  { id: 'known:label', error: ssm.ParameterVersionNotFound },
])('GetParameter of $id fails with $error.name', async ({ id, error }) => {
  const { put, get } = parameterStore();
  await put({ Name: 'known', Value: '1', Type: 'String' });
  await expect(get(id)).rejects.toBeInstanceOf(error);
});

test.each([
  { why: 'it exists', input: { Name: 'known', Value: '2' }, name: 'ParameterAlreadyExists' },
  { why: 'it has no type', input: { Name: 'new', Value: '1', Type: undefined }, name: 'ValidationException' },
  { why: 'its value is empty', input: { Name: 'new', Value: '' }, name: 'ValidationException' },
  { why: 'it is no full path', input: { Name: 'oven/minutes', Value: '1' }, name: 'ValidationException' },
  { why: 'its name has a colon', input: { Name: 'oven:1', Value: '1' }, name: 'ValidationException' },
  { why: 'its name ends with a slash', input: { Name: '/oven/', Value: '1' }, name: 'ValidationException' },
  { why: 'its name begins with aws', input: { Name: 'awsOven', Value: '1' }, name: 'ValidationException' },
  { why: 'its name begins with ssm', input: { Name: '/SSM/oven', Value: '1' }, name: 'ValidationException' },
  { why: 'its path is reserved', input: { Name: '/aws/oven', Value: '1' }, name: 'AccessDeniedException' },
  {
    why: 'its path is too deep',
    input: { Name: '/a'.repeat(16), Value: '1' },
    name: 'HierarchyLevelLimitExceededException',
  },
  { why: 'its value is over 4 KB', input: { Name: 'new', Value: 'x'.repeat(4097) }, name: 'ValidationException' },
  {
    why: 'its value is over 8 KB',
    input: { Name: 'new', Value: 'x'.repeat(8193), Tier: 'Advanced' },
    name: 'ValidationException',
  },
  {
    why: 'its value has another pattern',
    input: { Name: 'new', Value: '12 min', AllowedPattern: '\\d+' },
    name: 'ParameterPatternMismatchException',
  },
  {
    why: 'its pattern is none',
    input: { Name: 'new', Value: '1', AllowedPattern: '(' },
    name: 'InvalidAllowedPatternException',
  },
  {
    why: 'tags come with an overwrite',
    input: { Name: 'known', Value: '2', Overwrite: true, Tags: [{ Key: 'k', Value: 'v' }] },
    name: 'ValidationException',
  },
])('PutParameter is refused where $why', async ({ input, name }) => {
  const { put, operations } = parameterStore();
  await put({ Name: 'known', Value: '1', Type: 'String' });
  await expect(put({ Type: 'String', ...input } as ssm.PutParameterRequest)).rejects.toMatchObject({ name });
  const kept = operations.DescribeParameters({}).Parameters;
  expect(kept.map(({ Name, Version }) => ({ Name, Version }))).toEqual([{ Name: 'known', Version: 1 }]);
});

test('a value of 8 KB takes the advanced tier, and does not come back', async () => {
  const { put } = parameterStore();
  const Value = 'x'.repeat(8192);
  expect(await put({ Name: 'p', Value, Type: 'String', Tier: 'Intelligent-Tiering' })).toMatchObject({
    Tier: 'Advanced',
  });
  await expect(put({ Name: 'p', Value: 'x', Tier: 'Standard', Overwrite: true })).rejects.toThrow(/downgrade/);
});

test('a SecureString shows its value only with decryption', async () => {
  const { put, get, operations } = parameterStore();
  await put({ Name: 'key', Value: 'sesame', Type: 'SecureString' });
  expect((await get('key'))?.Value).not.toContain('sesame');
  expect((await get('key', true))?.Value).toBe('sesame');
  expect(operations.DescribeParameters({}).Parameters).toMatchObject([{ KeyId: 'alias/aws/ssm' }]);
});

test('the hundred-and-first version pushes the oldest out, unless that has a label', async () => {
  const { put, operations } = parameterStore();
  await put({ Name: 'p', Value: '1', Type: 'String' });
  for (let i = 2; i <= 101; i++) {
    await put({ Name: 'p', Value: `${i}`, Overwrite: true });
  }
  const history = () => operations.GetParameterHistory({ Name: 'p', MaxResults: 1 });
  expect(history().Parameters[0]?.Version).toBe(2);
  operations.LabelParameterVersion({ Name: 'p', ParameterVersion: 2, Labels: ['keep'] });
  const another = put({ Name: 'p', Value: '102', Overwrite: true });
  await expect(another).rejects.toBeInstanceOf(ssm.ParameterMaxVersionLimitExceeded);
});

async function bakery() {
  const store = parameterStore();
  for (const Name of ['/bakery/a', '/bakery/b', '/bakery/ovens/1', '/bakery/ovens/2', '/bakeryware', 'top']) {
    await store.put({ Name, Value: Name, Type: Name.endsWith('2') ? 'StringList' : 'String' });
  }
  return store;
}

test.each([
  { input: { Path: '/bakery' }, names: ['/bakery/a', '/bakery/b'] },
  { input: { Path: '/bakery/' }, names: ['/bakery/a', '/bakery/b'] },
  {
    input: { Path: '/bakery', Recursive: true },
    names: ['/bakery/a', '/bakery/b', '/bakery/ovens/1', '/bakery/ovens/2'],
  },
  { input: { Path: '/' }, names: ['/bakeryware'] },
  {
    input: { Path: '/bakery', Recursive: true, ParameterFilters: [{ Key: 'Type', Values: ['StringList'] }] },
    names: ['/bakery/ovens/2'],
  },
  { input: { Path: '/nowhere' }, names: [] },
])('GetParametersByPath $input', async ({ input, names }) => {
  const { operations } = await bakery();
  expect(operations.GetParametersByPath(input).Parameters.map(({ Name }) => Name)).toEqual(names);
});

test.each<{ filter: ssm.ParameterStringFilter; names: string[] }>([
  { filter: { Key: 'Name', Values: ['top', '/bakery/a'] }, names: ['/bakery/a', 'top'] },
  { filter: { Key: 'Name', Option: 'BeginsWith', Values: ['/bakeryw'] }, names: ['/bakeryware'] },
  { filter: { Key: 'Name', Option: 'Contains', Values: ['ovens'] }, names: ['/bakery/ovens/1', '/bakery/ovens/2'] },
  { filter: { Key: 'Path', Values: ['/bakery'] }, names: ['/bakery/a', '/bakery/b'] },
  {
    filter: { Key: 'Path', Option: 'Recursive', Values: ['/bakery/ovens'] },
    names: ['/bakery/ovens/1', '/bakery/ovens/2'],
  },
  { filter: { Key: 'tag:team', Values: ['night'] }, names: ['/bakery/b'] },
  { filter: { Key: 'tag:team' }, names: ['/bakery/b'] },
])('DescribeParameters by $filter', async ({ filter, names }) => {
  const { operations } = await bakery();
  const Tags = [{ Key: 'team', Value: 'night' }];
  operations.AddTagsToResource({ ResourceType: 'Parameter', ResourceId: '/bakery/b', Tags });
  const found = operations.DescribeParameters({ ParameterFilters: [filter] }).Parameters;
  expect(found.map(({ Name }) => Name)).toEqual(names);
});

test.each([
  { filter: { Key: 'Colour', Values: ['red'] }, error: ssm.InvalidFilterKey },
  { filter: { Key: 'Name', Option: 'Near', Values: ['a'] }, error: ssm.InvalidFilterOption },
  { filter: { Key: 'Path', Values: ['bakery'] }, error: ssm.InvalidFilterValue },
])('DescribeParameters refuses $filter', async ({ filter, error }) => {
  const { operations } = parameterStore();
  expect(() => operations.DescribeParameters({ ParameterFilters: [filter] })).toThrow(error);
});

test('tags are added, listed and removed, on parameters that exist', async () => {
  const { put, operations } = parameterStore();
  await put({ Name: 'p', Value: '1', Type: 'String', Tags: [{ Key: 'a', Value: '1' }] });
  const on = { ResourceType: 'Parameter', ResourceId: 'p' } as const;
  operations.AddTagsToResource({ ...on, Tags: [{ Key: 'b', Value: '2' }] });
  operations.RemoveTagsFromResource({ ...on, TagKeys: ['a'] });
  expect(operations.ListTagsForResource(on)).toEqual({ TagList: [{ Key: 'b', Value: '2' }] });
  expect(() => operations.ListTagsForResource({ ...on, ResourceId: 'q' })).toThrow(ssm.InvalidResourceId);
});

test('real clients page through a path, read in batches, and see the real errors', async () => {
  const { configuration } = await serve([createSsm(region).service]);
  const client = new ssm.SSM(configuration);
  for (let i = 0; i < 12; i++) {
    await client.putParameter({ Name: `/p/${i}`, Value: `${i}`, Type: 'String' });
  }
  const pages: number[] = [];
  for await (const page of ssm.paginateGetParametersByPath({ client }, { Path: '/p' })) {
    pages.push(page.Parameters?.length ?? 0);
  }
  expect(pages).toEqual([10, 2]);
  const { Parameters, InvalidParameters } = await client.getParameters({ Names: ['/p/1', '/p/x', '/p/1:7'] });
  expect(Parameters).toMatchObject([{ Name: '/p/1', Value: '1', LastModifiedDate: expect.any(Date) }]);
  expect(InvalidParameters).toEqual(['/p/x', '/p/1:7']);
  expect(await client.deleteParameters({ Names: ['/p/1', '/p/x'] })).toMatchObject({
    DeletedParameters: ['/p/1'],
    InvalidParameters: ['/p/x'],
  });
  await expect(client.deleteParameter({ Name: '/p/1' })).rejects.toBeInstanceOf(ssm.ParameterNotFound);
  await expect(client.getParametersByPath({ Path: '/p', NextToken: 'x' })).rejects.toBeInstanceOf(ssm.InvalidNextToken);
});

test('x and /x are one parameter; /a/x is another', async () => {
  const { put, get, operations } = parameterStore();
  await put({ Name: 'x', Value: '1', Type: 'String' });
  expect(await get('/x')).toMatchObject({ Name: 'x', Value: '1' });
  await expect(put({ Name: '/x', Value: '2', Type: 'String' })).rejects.toThrow('already exists');
  expect(await put({ Name: '/x', Value: '2', Overwrite: true })).toMatchObject({ Version: 2 });
  await expect(get('/a/x')).rejects.toMatchObject({ name: 'ParameterNotFound' });
  expect(operations.DeleteParameters({ Names: ['/x'] }).DeletedParameters).toEqual(['/x']);
  await expect(get('x')).rejects.toMatchObject({ name: 'ParameterNotFound' });
});

test('a data type is one of those that there are', async () => {
  const { put, get } = parameterStore();
  const parameter = { Name: 'p', Value: '1', Type: 'String' as const };
  await expect(put({ ...parameter, DataType: 'Text' })).rejects.toThrow(
    'The following data type is not supported: Text (Data type names are all lowercase.)',
  );
  await put({ ...parameter, DataType: 'aws:ssm:integration' });
  expect(await get('p')).toMatchObject({ DataType: 'aws:ssm:integration' });
});

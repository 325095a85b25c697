import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { internalCall } from '../../../wire/operation.ts';
import { createTestStacks, TestResources, templateOf } from '../resources.fixture.ts';

const template = templateOf({ A: {} });

describe('what is refused before anything is done', () => {
  const role = { Resources: { R: { Type: 'AWS::IAM::Role', Properties: {} } } };
  const named = { Resources: { R: { Type: 'AWS::IAM::Role', Properties: { RoleName: 'r' } } } };

  test.each<[what: string, template: object, more: object, name: string, message: string]>([
    [
      'a type nobody wrote',
      { Resources: { A: { Type: 'AWS::Mars::Base' } } },
      {},
      'ValidationError',
      'Unrecognized resource types: [AWS::Mars::Base]',
    ],
    [
      'IAM, not acknowledged',
      role,
      {},
      'InsufficientCapabilitiesException',
      'Requires capabilities : [CAPABILITY_IAM]',
    ],
    [
      ...(['a name in IAM, not acknowledged', named, { Capabilities: ['CAPABILITY_IAM'] }] as const),
      ...(['InsufficientCapabilitiesException', 'Requires capabilities : [CAPABILITY_NAMED_IAM]'] as const),
    ],
    [
      'an unknown parameter',
      template,
      { Parameters: [{ ParameterKey: 'X', ParameterValue: '1' }] },
      'ValidationError',
      '[X] do not exist',
    ],
    ['a name with a dot', template, { StackName: 'a.b' }, 'ValidationError', "Value 'a.b' at 'stackName'"],
    ['a stack policy', template, { StackPolicyBody: '{}' }, 'NotImplemented', 'StackPolicyBody is not served'],
    ['no template', template, { TemplateBody: undefined }, 'ValidationError', 'Either Template URL or Template Body'],
    [
      'a URL elsewhere',
      template,
      { TemplateBody: undefined, TemplateURL: 'https://example.com/a/b' },
      'ValidationError',
      'must be a supported URL',
    ],
    [
      'an object that is not there',
      template,
      { TemplateBody: undefined, TemplateURL: 'http://127.0.0.1:4566/b/k' },
      'ValidationError',
      'S3 error: The specified key does not exist.',
    ],
    [
      'a rule that fails',
      templateOf({ A: {} }, { Rules: { R: { Assertions: [{ Assert: false, AssertDescription: 'never' }] } } }),
      {},
      'ValidationError',
      'never',
    ],
  ])('%s', async (_what, body, more, name, message) => {
    const stacks = createTestStacks();
    await expect(stacks.create(body, 'Bakery', more)).rejects.toMatchObject({
      name,
      message: expect.stringContaining(message),
    });
    expect(stacks.operations.ListStacks({}).StackSummaries).toEqual([]);
  });

  test('a property that a provider does not serve, unless its value is left out', async () => {
    const { provider } = new TestResources();
    const strict = { ...provider, properties: { Size: 'in place' as const } };
    const stacks = createTestStacks(new TestResources(), { providers: [strict] });
    await expect(stacks.create(templateOf({ A: { Size: 1, Colour: 'red' } }))).rejects.toThrow(
      'Properties validation failed for resource A with message: #: extraneous key [Colour] is not permitted',
    );
    const left = await stacks.create(templateOf({ A: { Colour: { Ref: 'AWS::NoValue' } } }));
    expect(left.StackStatus).toBe('CREATE_COMPLETE');
  });

  test('a second stack of the name, an update of nothing, and one of a stack that is not there', async () => {
    const stacks = createTestStacks();
    await stacks.create(template);
    await expect(stacks.create(template)).rejects.toMatchObject({ name: 'AlreadyExistsException' });
    await expect(stacks.update(template)).rejects.toMatchObject({
      name: 'ValidationError',
      message: 'No updates are to be performed.',
    });
    await expect(stacks.update(template, 'Other')).rejects.toThrow('Stack [Other] does not exist');
    await expect(stacks.update({ Resources: { A: { Type: 'Test::Bag' } } })).rejects.toThrow(
      'modifies resource type of the following resources: [A]',
    );
  });
});

describe('a stack in progress', () => {
  beforeEach(() => vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }));
  afterEach(() => vi.useRealTimers());

  /** A stack whose creation goes on until `release` is called. */
  async function begun() {
    const stacks = createTestStacks();
    const { promise, resolve } = Promise.withResolvers<void>();
    stacks.resources.gate = promise;
    await stacks.operations.CreateStack({ StackName: 'Bakery', TemplateBody: JSON.stringify(template) });
    return { stacks, release: resolve };
  }

  test('is described when it ends', async () => {
    const { stacks, release } = await begun();
    const described = stacks.describe('Bakery');
    release();
    expect((await described).StackStatus).toBe('CREATE_COMPLETE');
    expect(vi.getTimerCount()).toBe(0);
  });

  test('is described as it is after 4 seconds', async () => {
    const { stacks } = await begun();
    const described = stacks.describe('Bakery');
    await vi.advanceTimersByTimeAsync(4_000);
    expect((await described).StackStatus).toBe('CREATE_IN_PROGRESS');
  });

  test('is described no longer to a client that went away', async () => {
    const { stacks } = await begun();
    const abort = new AbortController();
    const call = { ...internalCall(), signal: abort.signal };
    const described = stacks.operations.DescribeStacks({ StackName: 'Bakery' }, call);
    abort.abort();
    await described;
    expect(vi.getTimerCount()).toBe(0);
  });

  test('is listed among all stacks at once, and cannot be updated', async () => {
    const { stacks, release } = await begun();
    const { Stacks = [] } = await stacks.operations.DescribeStacks({}, internalCall());
    expect(Stacks.map(({ StackStatus }) => StackStatus)).toEqual(['CREATE_IN_PROGRESS']);
    await expect(stacks.update(template)).rejects.toThrow('is in CREATE_IN_PROGRESS state and can not be updated.');
    release();
  });
});

describe('exports', () => {
  const exporting = (Value: string) => templateOf({ A: {} }, { Outputs: { O: { Value, Export: { Name: 'flour' } } } });
  const importing = templateOf({ B: { Of: { 'Fn::ImportValue': 'flour' } } });

  async function withImporter() {
    const stacks = createTestStacks();
    await stacks.create(exporting('rye'), 'Mill');
    await stacks.create(importing, 'Bakery');
    return stacks;
  }

  test('are read by other stacks and listed', async () => {
    const stacks = await withImporter();
    expect([...stacks.resources.existing.values()]).toContainEqual({ Of: 'rye' });
    expect(stacks.operations.ListExports().Exports).toMatchObject([{ Name: 'flour', Value: 'rye' }]);
    expect(stacks.operations.ListImports({ ExportName: 'flour' })).toEqual({ Imports: ['Bakery'] });
  });

  test('in use keep their stack from being deleted, and are neither changed nor taken away', async () => {
    const stacks = await withImporter();
    expect(await stacks.remove('Mill')).toMatchObject({
      StackStatus: 'CREATE_COMPLETE',
      StackStatusReason: 'Delete canceled. Cannot delete export flour as it is in use by Bakery.',
    });
    const changed = await stacks.update(exporting('wheat'), 'Mill');
    expect(changed.StackStatus).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(stacks.operations.ListExports().Exports).toMatchObject([{ Value: 'rye' }]);
    await stacks.remove('Bakery');
    expect((await stacks.remove('Mill')).StackStatus).toBe('DELETE_COMPLETE');
    expect(stacks.operations.ListExports().Exports).toEqual([]);
  });

  test('belong to one stack, and must be there to be imported', async () => {
    const stacks = createTestStacks();
    const alone = await stacks.create(importing);
    expect(alone.StackStatus).toBe('ROLLBACK_COMPLETE');
    await stacks.create(exporting('rye'), 'Mill');
    const second = await stacks.create(exporting('rye'), 'Mill2');
    expect(second.StackStatus).toBe('ROLLBACK_COMPLETE');
    const { StackEvents = [] } = stacks.operations.DescribeStackEvents({ StackName: 'Mill2' });
    expect(StackEvents.map((event) => event.ResourceStatusReason)).toContainEqual(
      expect.stringContaining('Export with name flour is already exported by stack arn:aws:cloudformation:'),
    );
  });
});

test('termination protection keeps a stack until it is lifted', async () => {
  const stacks = createTestStacks();
  await stacks.create(template, 'Bakery', { EnableTerminationProtection: true });
  await expect(stacks.remove()).rejects.toThrow(
    'Stack [Bakery] cannot be deleted while TerminationProtection is enabled',
  );
  stacks.operations.UpdateTerminationProtection({ StackName: 'Bakery', EnableTerminationProtection: false });
  expect((await stacks.remove()).StackStatus).toBe('DELETE_COMPLETE');
});

test('events come in pages of a hundred, the newest first, each once', async () => {
  const stacks = createTestStacks();
  await stacks.create(templateOf(Object.fromEntries(Array.from({ length: 60 }, (_, i) => [`A${i}`, {}]))));
  const pages: (string | undefined)[][] = [];
  const times: number[] = [];
  let NextToken: string | undefined;
  do {
    const page = stacks.operations.DescribeStackEvents({ StackName: 'Bakery', ...(NextToken && { NextToken }) });
    pages.push((page.StackEvents ?? []).map(({ EventId }) => EventId));
    times.push(...(page.StackEvents ?? []).map(({ Timestamp }) => Timestamp?.getTime() ?? 0));
    NextToken = page.NextToken;
  } while (NextToken);
  expect(pages.map((page) => page.length)).toEqual([100, 22]);
  expect(new Set(pages.flat()).size).toBe(122);
  // Clients sort by time, so no two events may share theirs.
  expect(times).toEqual([...new Set(times)].sort((a, b) => b - a));
});

test('a secret is resolved for the provider and kept out of the stack', async () => {
  const stacks = createTestStacks(new TestResources(), {
    getSecretString: (id, { stage }) => (id === 'oven' && stage === undefined ? '{"key":"hush"}' : undefined),
  });
  await stacks.create(templateOf({ A: { Size: 'k={{resolve:secretsmanager:oven:SecretString:key}}' } }));
  expect([...stacks.resources.existing.values()]).toEqual([{ Size: 'k=hush' }]);
  expect(JSON.stringify(stacks.operations.DescribeStackEvents({ StackName: 'Bakery' }))).not.toContain('hush');
  const missing = await stacks.create(templateOf({ A: { Size: '{{resolve:secretsmanager:none}}' } }), 'Other');
  expect(missing.StackStatus).toBe('ROLLBACK_COMPLETE');
});

test('an SSM parameter is read again at each update', async () => {
  const values = new Map([['/size', '1']]);
  const stacks = createTestStacks(new TestResources(), { getParameter: (name) => values.get(name) });
  const sized = templateOf(
    { A: { Size: { Ref: 'Size' } } },
    { Parameters: { Size: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/size' } } },
  );
  const { Parameters } = await stacks.create(sized);
  expect(Parameters).toEqual([{ ParameterKey: 'Size', ParameterValue: '/size', ResolvedValue: '1' }]);
  await expect(stacks.update(sized)).rejects.toThrow('No updates are to be performed.');
  values.set('/size', '2');
  expect((await stacks.update(sized)).StackStatus).toBe('UPDATE_COMPLETE');
  expect([...stacks.resources.existing.values()]).toEqual([{ Size: '2' }]);
});

test('templates are summarised and validated without a stack', async () => {
  const stacks = createTestStacks();
  const TemplateBody = JSON.stringify({
    Description: 'boxes',
    Parameters: { P: { Type: 'Number', Default: 1, NoEcho: true } },
    Resources: { R: { Type: 'AWS::IAM::Role', Properties: { RoleName: 'r' } } },
  });
  expect(await stacks.operations.GetTemplateSummary({ TemplateBody })).toMatchObject({
    Parameters: [{ ParameterKey: 'P', ParameterType: 'Number', DefaultValue: '1', NoEcho: true }],
    Capabilities: ['CAPABILITY_NAMED_IAM'],
    ResourceTypes: ['AWS::IAM::Role'],
  });
  expect(await stacks.operations.ValidateTemplate({ TemplateBody })).toMatchObject({ Description: 'boxes' });
  await expect(stacks.operations.ValidateTemplate({ TemplateBody: '{"a":1}' })).rejects.toThrow('[a]');
});

test('a drift detection admits that it has checked nothing', async () => {
  const stacks = createTestStacks();
  await stacks.create(template);
  const started = stacks.operations.DetectStackDrift({ StackName: 'Bakery' });
  const status = () => stacks.operations.DescribeStackDriftDetectionStatus(started);
  await expect.poll(() => status().DetectionStatus).toBe('DETECTION_COMPLETE');
  expect(status()).toMatchObject({
    DetectionStatus: 'DETECTION_COMPLETE',
    StackDriftStatus: 'UNKNOWN',
  });
  const { StackResourceDrifts } = stacks.operations.DescribeStackResourceDrifts({ StackName: 'Bakery' });
  expect(StackResourceDrifts).toMatchObject([{ LogicalResourceId: 'A', StackResourceDriftStatus: 'NOT_CHECKED' }]);
});

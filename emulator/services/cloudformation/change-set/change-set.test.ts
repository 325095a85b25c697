// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the variables are those of Fn::Sub.
import { CloudFormation } from '@aws-sdk/client-cloudformation';
import { describe, expect, onTestFinished, test } from 'vitest';
import { serve } from '../../../gateway.fixture.ts';
import { createTestStacks, templateOf } from '../resources.fixture.ts';

const noChanges =
  "The submitted information didn't contain changes. Submit different information to create a change set.";

function createTestChangeSets() {
  const stacks = createTestStacks();
  const { operations } = stacks;
  return {
    ...stacks,
    prepare: async (template: object, ChangeSetType: 'CREATE' | 'UPDATE' = 'UPDATE', more: object = {}) => {
      const input = {
        StackName: 'Bakery',
        ChangeSetName: 'next',
        ChangeSetType,
        TemplateBody: JSON.stringify(template),
      };
      const { Id = '' } = await operations.CreateChangeSet({ ...input, ...more });
      return operations.DescribeChangeSet({ ChangeSetName: Id, IncludePropertyValues: true });
    },
  };
}

const changesOf = ({ Changes = [] }: { Changes?: { ResourceChange?: object | undefined }[] | undefined }) =>
  Changes.map(({ ResourceChange }) => ResourceChange);

describe('what a change set lists', () => {
  test('additions, of a stack that is then in review and has no template yet', async () => {
    const stacks = createTestChangeSets();
    const changeSet = await stacks.prepare(templateOf({ A: {}, B: { Of: { Ref: 'A' } } }), 'CREATE');
    expect(changeSet).toMatchObject({ Status: 'CREATE_COMPLETE', ExecutionStatus: 'AVAILABLE', StackName: 'Bakery' });
    expect(changesOf(changeSet)).toEqual([
      expect.objectContaining({ Action: 'Add', LogicalResourceId: 'A', ResourceType: 'Test::Box' }),
      expect.objectContaining({
        Action: 'Add',
        LogicalResourceId: 'B',
        AfterContext: '{"Properties":{"Of":"{{changeSet:KNOWN_AFTER_APPLY}}"}}',
      }),
    ]);
    expect((await stacks.describe('Bakery')).StackStatus).toBe('REVIEW_IN_PROGRESS');
    expect(stacks.operations.GetTemplate({ StackName: 'Bakery' }).TemplateBody).toBe('');
    expect(stacks.resources.begun).toEqual([]);
  });

  test('changes in place, replacements, what follows from them, and removals', async () => {
    const stacks = createTestChangeSets();
    const follower = { Name: { 'Fn::Sub': 'of-${B}' } };
    await stacks.create(templateOf({ A: { Size: 1 }, B: { Name: 'b1' }, C: follower, D: {} }));
    const changeSet = await stacks.prepare(templateOf({ A: { Size: 2, New: 1 }, B: { Name: 'b2' }, C: follower }));
    const detail = (Name: string, values: object, more: object) => ({
      Target: expect.objectContaining({ Attribute: 'Properties', Name, Path: `/Properties/${Name}`, ...values }),
      ...more,
    });
    const direct = { Evaluation: 'Static', ChangeSource: 'DirectModification' };
    expect(changesOf(changeSet)).toEqual([
      expect.objectContaining({
        Action: 'Modify',
        LogicalResourceId: 'A',
        PhysicalResourceId: expect.stringMatching(/^Bakery-A-/),
        Replacement: 'False',
        Scope: ['Properties'],
        Details: [
          detail('Size', { RequiresRecreation: 'Never', BeforeValue: '1', AfterValue: '2' }, direct),
          detail('New', { AttributeChangeType: 'Add', AfterValue: '1' }, direct),
        ],
        BeforeContext: '{"Properties":{"Size":1}}',
        AfterContext: '{"Properties":{"Size":2,"New":1}}',
      }),
      expect.objectContaining({
        LogicalResourceId: 'B',
        Replacement: 'True',
        PolicyAction: 'ReplaceAndDelete',
        Details: [detail('Name', { RequiresRecreation: 'Always', BeforeValue: 'b1', AfterValue: 'b2' }, direct)],
      }),
      expect.objectContaining({
        LogicalResourceId: 'C',
        Replacement: 'Conditional',
        Details: [
          detail(
            'Name',
            { BeforeValue: 'of-b1', AfterValue: 'of-{{changeSet:KNOWN_AFTER_APPLY}}' },
            { Evaluation: 'Dynamic', ChangeSource: 'ResourceReference', CausingEntity: 'B' },
          ),
        ],
      }),
      expect.objectContaining({ Action: 'Remove', LogicalResourceId: 'D', PolicyAction: 'Delete' }),
    ]);
    const plain = stacks.operations.DescribeChangeSet({ StackName: 'Bakery', ChangeSetName: 'next' });
    expect(JSON.stringify(plain.Changes)).not.toMatch(/Context|BeforeValue|AfterValue/);
  });

  test('metadata and policies by their names', async () => {
    const stacks = createTestChangeSets();
    await stacks.create({ Resources: { A: { Type: 'Test::Box' } } });
    const changeSet = await stacks.prepare({ Resources: { A: { Type: 'Test::Box', DeletionPolicy: 'Retain' } } });
    expect(changesOf(changeSet)).toEqual([
      expect.objectContaining({ Action: 'Modify', Replacement: 'False', Scope: ['DeletionPolicy'] }),
    ]);
  });

  test('a parameter that must not be seen is not', async () => {
    const stacks = createTestChangeSets();
    const Parameters = { Secret: { Type: 'String', NoEcho: true } };
    const template = templateOf({ A: { Size: { Ref: 'Secret' } } }, { Parameters });
    const given = (ParameterValue: string) => ({ Parameters: [{ ParameterKey: 'Secret', ParameterValue }] });
    await stacks.create(template, 'Bakery', given('hush1'));
    const changeSet = await stacks.prepare(template, 'UPDATE', given('hush2'));
    expect(changeSet.Changes).toHaveLength(1);
    expect(JSON.stringify(changeSet)).not.toContain('hush');
    expect([...stacks.resources.existing.values()]).toEqual([{ Size: 'hush1' }]);
    expect(JSON.stringify(stacks.operations.DescribeStackEvents({ StackName: 'Bakery' }))).not.toContain('hush');
  });
});

describe('a change set without changes', () => {
  const template = templateOf(
    { A: { Size: { Ref: 'Size' } } },
    { Parameters: { Size: { Type: 'String', Default: '1' } }, Outputs: { Box: { Value: { Ref: 'A' } } } },
  );

  test('fails, says so, and still echoes its parameters', async () => {
    const stacks = createTestChangeSets();
    await stacks.create(template);
    expect(await stacks.prepare(template, 'UPDATE', { Parameters: [], Tags: [] })).toMatchObject({
      Status: 'FAILED',
      StatusReason: noChanges,
      ExecutionStatus: 'UNAVAILABLE',
      Parameters: [{ ParameterKey: 'Size', ParameterValue: '1' }],
    });
    expect(() => stacks.operations.ExecuteChangeSet({ StackName: 'Bakery', ChangeSetName: 'next' })).toThrow(
      'cannot be executed in its current status of [FAILED]',
    );
  });

  test.each<[what: string, template: object, more: object]>([
    ['tags', template, { Tags: [{ Key: 'a', Value: 'b' }] }],
    ['a parameter', template, { Parameters: [{ ParameterKey: 'Size', ParameterValue: '2' }] }],
    ['an output', { ...template, Outputs: { Other: { Value: 'x' } } }, {}],
    ['an output, away', { ...template, Outputs: {} }, {}],
  ])('is one no more with other %s', async (_what, next, more) => {
    const stacks = createTestChangeSets();
    await stacks.create(template);
    const changeSet = await stacks.prepare(next, 'UPDATE', more);
    expect(changeSet.Status).toBe('CREATE_COMPLETE');
    stacks.operations.ExecuteChangeSet({ ChangeSetName: changeSet.ChangeSetId });
    expect((await stacks.describe('Bakery')).StackStatus).toBe('UPDATE_COMPLETE');
    expect((await stacks.prepare(next, 'UPDATE', more)).Status).toBe('FAILED');
  });
});

describe('the rules of change sets', () => {
  test('a name is taken once; a missing set can be deleted but not described', async () => {
    const stacks = createTestChangeSets();
    const names = { StackName: 'Bakery', ChangeSetName: 'next' };
    await stacks.prepare(templateOf({ A: {} }), 'CREATE');
    await expect(stacks.prepare(templateOf({ A: {} }), 'CREATE')).rejects.toMatchObject({
      name: 'AlreadyExistsException',
    });
    expect(stacks.operations.ListChangeSets({ StackName: 'Bakery' }).Summaries).toHaveLength(1);
    stacks.operations.DeleteChangeSet(names);
    stacks.operations.DeleteChangeSet(names);
    expect(() => stacks.operations.DescribeChangeSet(names)).toThrow('ChangeSet [next] does not exist');
  });

  test('those that were made before another was executed are gone', async () => {
    const stacks = createTestChangeSets();
    await stacks.create(templateOf({ A: {} }));
    await stacks.prepare(templateOf({ A: {}, B: {} }), 'UPDATE', { ChangeSetName: 'older' });
    await stacks.prepare(templateOf({ A: {}, C: {} }));
    stacks.operations.ExecuteChangeSet({ StackName: 'Bakery', ChangeSetName: 'next' });
    await stacks.describe('Bakery');
    const { Summaries = [] } = stacks.operations.ListChangeSets({ StackName: 'Bakery' });
    expect(Summaries).toMatchObject([{ ChangeSetName: 'next', ExecutionStatus: 'EXECUTE_COMPLETE' }]);
    expect((await stacks.describe('Bakery')).ChangeSetId).toBe(Summaries[0]?.ChangeSetId);
  });

  test.each<[type: 'CREATE' | 'UPDATE', exists: boolean, message: string]>([
    ['CREATE', true, 'Stack [Bakery] already exists and cannot be created again with the changeSet [next].'],
    ['UPDATE', false, 'Stack [Bakery] does not exist'],
  ])('%s where a stack exists: %s', async (type, exists, message) => {
    const stacks = createTestChangeSets();
    if (exists) {
      await stacks.create(templateOf({ A: {} }));
    }
    await expect(stacks.prepare(templateOf({ A: {} }), type)).rejects.toThrow(message);
  });

  test.each<[more: object, option: string]>([
    [{ DeploymentMode: 'REVERT_DRIFT' }, 'DeploymentMode REVERT_DRIFT'],
    [{ NotificationARNs: ['arn:aws:sns:x:1:y'] }, 'NotificationARNs'],
  ])('%j is refused by name', async (more, option) => {
    const stacks = createTestChangeSets();
    await expect(stacks.prepare(templateOf({ A: {} }), 'CREATE', more)).rejects.toMatchObject({
      status: 501,
      message: expect.stringContaining(option),
    });
  });
});

test('over HTTP as the CDK CLI goes: review, execute, wait, the same again without a change, destroy', async () => {
  const { service, close } = createTestStacks();
  onTestFinished(close);
  const { configuration } = await serve([service]);
  const client = new CloudFormation({ ...configuration, region: 'eu-north-1' });
  const names = { StackName: 'Bakery', ChangeSetName: 'cdk-deploy-change-set' };
  const resources = Object.fromEntries(Array.from({ length: 25 }, (_, i) => [`Box${i}`, { Size: i }]));
  const createChangeSet = (ChangeSetType: 'CREATE' | 'UPDATE') =>
    client.createChangeSet({
      ...names,
      ChangeSetType,
      TemplateBody: JSON.stringify(templateOf(resources, { Outputs: { Box: { Value: { Ref: 'Box7' } } } })),
      Parameters: [],
      Tags: [],
      IncludeNestedStacks: true,
      ImportExistingResources: false,
      DeploymentConfig: { Mode: 'STANDARD' },
      Capabilities: ['CAPABILITY_IAM', 'CAPABILITY_NAMED_IAM', 'CAPABILITY_AUTO_EXPAND'],
    });

  await expect(client.describeStacks({ StackName: 'Bakery' })).rejects.toMatchObject({
    name: 'ValidationError',
    message: 'Stack with id Bakery does not exist',
    $metadata: { httpStatusCode: 400 },
  });
  const { Id = '', StackId = '' } = await createChangeSet('CREATE');
  const described = await client.describeChangeSet({
    StackName: StackId,
    ChangeSetName: Id,
    IncludePropertyValues: true,
  });
  expect(described).toMatchObject({ Status: 'CREATE_COMPLETE', DeploymentConfig: { Mode: 'STANDARD' } });
  expect(described.Changes).toHaveLength(25);
  await client.executeChangeSet({ StackName: StackId, ChangeSetName: Id, ClientRequestToken: 'exec-1' });
  // The first look sees it done: a client that looks every five seconds does not wait for the next.
  const { Stacks: [stack] = [] } = await client.describeStacks({ StackName: StackId });
  expect(stack).toMatchObject({ StackStatus: 'CREATE_COMPLETE', Outputs: [{ OutputKey: 'Box' }] });

  const { StackEvents = [] } = await client.describeStackEvents({ StackName: StackId });
  expect(StackEvents[0]).toMatchObject({
    ResourceStatus: 'CREATE_COMPLETE',
    PhysicalResourceId: StackId,
    ClientRequestToken: 'exec-1',
    Timestamp: expect.any(Date),
  });
  expect(StackEvents.at(-1)).toMatchObject({ ResourceStatus: 'REVIEW_IN_PROGRESS' });

  await client.deleteChangeSet(names);
  await expect(client.describeChangeSet(names)).rejects.toMatchObject({ name: 'ChangeSetNotFoundException' });
  await createChangeSet('UPDATE');
  expect(await client.describeChangeSet(names)).toMatchObject({ Status: 'FAILED', StatusReason: noChanges });

  await client.deleteStack({ StackName: StackId });
  const { Stacks: [deleted] = [] } = await client.describeStacks({ StackName: StackId });
  expect(deleted?.StackStatus).toBe('DELETE_COMPLETE');
  await expect(client.describeStackEvents({ StackName: 'Bakery' })).rejects.toMatchObject({
    name: 'ValidationError',
    message: 'Stack [Bakery] does not exist',
  });
});

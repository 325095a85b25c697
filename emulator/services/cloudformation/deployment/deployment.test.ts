import { describe, expect, test } from 'vitest';
import { createTestStacks, diamond, TestResources, templateOf } from '../resources.fixture.ts';

function resourcesOf(stacks: ReturnType<typeof createTestStacks>): (string | undefined)[] {
  const { StackResourceSummaries = [] } = stacks.operations.ListStackResources({ StackName: 'Bakery' });
  return StackResourceSummaries.map(({ LogicalResourceId }) => LogicalResourceId).sort();
}

describe('creation', () => {
  test('follows the dependencies, and what is independent runs at the same time', async () => {
    const stacks = createTestStacks();
    const stack = await stacks.create(diamond());
    expect(stack.StackStatus).toBe('CREATE_COMPLETE');
    expect(stacks.resources.log).toEqual([
      ...['create A', 'created A', 'create B', 'create C', 'created B', 'created C', 'create D', 'created D'],
    ]);
    expect(stacks.events()).toEqual([
      'Bakery CREATE_IN_PROGRESS',
      ...['A CREATE_IN_PROGRESS', 'A CREATE_COMPLETE', 'B CREATE_IN_PROGRESS', 'C CREATE_IN_PROGRESS'],
      ...['B CREATE_COMPLETE', 'C CREATE_COMPLETE', 'D CREATE_IN_PROGRESS', 'D CREATE_COMPLETE'],
      'Bakery CREATE_COMPLETE',
    ]);
  });

  test('gives physical names of the stack and the resource, different in each attempt', async () => {
    const stacks = createTestStacks();
    await stacks.create(templateOf({ A: {} }));
    await stacks.create(templateOf({ A: {} }), 'Other');
    const [first, second] = [...stacks.resources.existing.keys()];
    expect(first).toMatch(/^Bakery-A-[0-9A-Z]{12}$/);
    expect(second).toMatch(/^Other-A-[0-9A-Z]{12}$/);
  });

  test('a condition that is false leaves its resource, its output and their types out', async () => {
    const stacks = createTestStacks();
    const { StackStatus, Outputs } = await stacks.create({
      Conditions: { Never: { 'Fn::Equals': [1, 2] } },
      Resources: { A: { Type: 'Test::Box' }, B: { Type: 'AWS::Mars::Base', Condition: 'Never' } },
      Outputs: {
        Base: { Condition: 'Never', Value: { Ref: 'B' } },
        Box: { Value: { Ref: 'A' }, Description: 'a box' },
      },
    });
    expect(StackStatus).toBe('CREATE_COMPLETE');
    expect(Outputs).toEqual([
      { OutputKey: 'Box', OutputValue: expect.stringMatching(/^Bakery-A-/), Description: 'a box' },
    ]);
  });

  test.each(['A', 'B', 'C', 'D'])('that fails at %s is rolled back until nothing is left', async (id) => {
    const stacks = createTestStacks();
    stacks.resources.failing.add(`create ${id}`);
    const stack = await stacks.create(diamond());
    expect(stack.StackStatus).toBe('ROLLBACK_COMPLETE');
    expect(stacks.resources.existing).toEqual(new Map());
    const { StackEvents = [] } = stacks.operations.DescribeStackEvents({ StackName: 'Bakery' });
    const reasonOf = (status: string) =>
      StackEvents.find((event) => event.ResourceStatus === status)?.ResourceStatusReason;
    expect(reasonOf('CREATE_FAILED')).toBe(
      `Resource handler returned message: "create ${id} was told to fail" (HandlerErrorCode: GeneralServiceException)`,
    );
    expect(reasonOf('ROLLBACK_IN_PROGRESS')).toBe(`The following resource(s) failed to create: [${id}]. `);
    // The CDK CLI tells attempts apart by these: the rollback is an operation of its own.
    const operations = [...new Set(StackEvents.map(({ OperationId }) => OperationId))];
    expect(operations).toHaveLength(2);
    const [last] = StackEvents;
    expect(last?.PhysicalResourceId).toBe(last?.StackId);
  });

  test('waits for what is in flight before it rolls back', async () => {
    const stacks = createTestStacks();
    stacks.resources.failing.add('create B');
    await stacks.create(diamond());
    const { log } = stacks.resources;
    expect(log.indexOf('created C')).toBeLessThan(log.indexOf('delete C'));
    expect(stacks.resources.begun).toEqual([...['create A', 'create B', 'create C', 'delete C', 'delete A']]);
  });

  test('an output that cannot be resolved fails the stack', async () => {
    const stacks = createTestStacks();
    const template = templateOf({ A: {} }, { Outputs: { O: { Value: { 'Fn::GetAtt': ['A', 'Taste'] } } } });
    const stack = await stacks.create(template);
    expect(stack.StackStatus).toBe('ROLLBACK_COMPLETE');
    expect(stacks.resources.existing.size).toBe(0);
  });

  test('with DisableRollback stays as it is; it can be repeated, or rolled back', async () => {
    const stacks = createTestStacks();
    stacks.resources.failing.add('create D');
    const failed = await stacks.create(diamond(), 'Bakery', { DisableRollback: true });
    expect(failed.StackStatus).toBe('CREATE_FAILED');
    expect(stacks.resources.existing.size).toBe(3);
    const again = await stacks.update(diamond(), 'Bakery', { DisableRollback: true });
    expect(again.StackStatus).toBe('UPDATE_FAILED');
    stacks.operations.RollbackStack({ StackName: 'Bakery' });
    expect((await stacks.describe('Bakery')).StackStatus).toBe('ROLLBACK_COMPLETE');
    expect(stacks.resources.existing.size).toBe(0);
    expect(stacks.resources.begun.filter((entry) => entry === 'create A')).toHaveLength(1);
  });

  test('with OnFailure DELETE leaves no stack', async () => {
    const stacks = createTestStacks();
    stacks.resources.failing.add('create A');
    const stack = await stacks.create(diamond(), 'Bakery', { OnFailure: 'DELETE' });
    expect(stack.StackStatus).toBe('DELETE_COMPLETE');
    await expect(stacks.describe('Bakery')).rejects.toThrow('Stack with id Bakery does not exist');
  });

  test('a retained resource outlives a failed creation, unless it is retained except on create', async () => {
    const stacks = createTestStacks();
    stacks.resources.failing.add('create C');
    const keep = (DeletionPolicy: string) => ({ Type: 'Test::Box', DeletionPolicy });
    await stacks.create({
      Resources: {
        A: keep('Retain'),
        B: keep('RetainExceptOnCreate'),
        C: { Type: 'Test::Box', DependsOn: ['A', 'B'] },
      },
    });
    expect([...stacks.resources.existing.keys()]).toEqual([expect.stringMatching(/-A-/)]);
    expect(stacks.events()).toContain('A DELETE_SKIPPED');
  });
});

describe('update', () => {
  test('changes in place what it can, and leaves alone what has not changed', async () => {
    const stacks = createTestStacks();
    await stacks.create(templateOf({ A: { Size: 1 }, B: { Size: 1 } }));
    const before = [...stacks.resources.existing.keys()];
    const stack = await stacks.update(templateOf({ A: { Size: 2 }, B: { Size: 1 } }));
    expect(stack.StackStatus).toBe('UPDATE_COMPLETE');
    expect([...stacks.resources.existing.keys()]).toEqual(before);
    expect(stacks.resources.begun).toEqual(['create A', 'create B', 'update A']);
    expect(stacks.events().slice(-5)).toEqual([
      'Bakery UPDATE_IN_PROGRESS',
      ...['A UPDATE_IN_PROGRESS', 'A UPDATE_COMPLETE'],
      ...['Bakery UPDATE_COMPLETE_CLEANUP_IN_PROGRESS', 'Bakery UPDATE_COMPLETE'],
    ]);
  });

  test('replaces what it must: the new one first, its dependents next, the old one last', async () => {
    const stacks = createTestStacks();
    await stacks.create(templateOf({ A: { Name: 'old' }, B: { Of: { Ref: 'A' } } }));
    await stacks.update(templateOf({ A: { Name: 'new' }, B: { Of: { Ref: 'A' } } }));
    expect(stacks.resources.begun.slice(2)).toEqual(['create A', 'update B', 'delete A']);
    expect([...stacks.resources.existing.values()]).toEqual([{ Of: 'new' }, { Name: 'new' }]);
    const { StackResources = [] } = stacks.operations.DescribeStackResources({ StackName: 'Bakery' });
    expect(StackResources.map((resource) => resource.PhysicalResourceId)).toContain('new');
  });

  test('a changed attribute reaches those who read it', async () => {
    const stacks = createTestStacks();
    const template = (size: number) => templateOf({ A: { Size: size }, B: { Of: { 'Fn::GetAtt': 'A.Nested.Size' } } });
    await stacks.create(template(1));
    await stacks.update(template(2));
    expect([...stacks.resources.existing.values()]).toEqual([{ Size: 2 }, { Of: 2 }]);
  });

  test('deletes what is no longer wanted, in the order of the old template, and retains what says so', async () => {
    const stacks = createTestStacks();
    const kept = { Type: 'Test::Box', DeletionPolicy: 'Retain' };
    const old = templateOf({ A: {}, B: { Of: { Ref: 'A' } }, D: {} }) as { Resources: object };
    await stacks.create({ Resources: { ...old.Resources, K: kept } });
    await stacks.update(templateOf({ D: {}, E: {} }));
    expect(stacks.resources.begun.slice(-3)).toEqual(['create E', 'delete B', 'delete A']);
    expect(stacks.events()).toContain('K DELETE_SKIPPED');
    expect(resourcesOf(stacks)).toEqual(['D', 'E']);
    expect(stacks.resources.existing.size).toBe(3);
  });

  test('UpdateReplacePolicy Retain keeps the resource that was replaced', async () => {
    const stacks = createTestStacks();
    const template = (Name: string) => ({
      Resources: { A: { Type: 'Test::Box', UpdateReplacePolicy: 'Retain', Properties: { Name } } },
    });
    await stacks.create(template('old'));
    await stacks.update(template('new'));
    expect([...stacks.resources.existing.keys()]).toEqual(['old', 'new']);
  });

  /** Changes in place (A), replaces (B), follows (C), adds (E after C), removes (D). */
  const before = templateOf({ A: { Size: 1 }, B: { Name: 'b1' }, C: { Of: [{ Ref: 'A' }, { Ref: 'B' }] }, D: {} });
  const after = templateOf({
    A: { Size: 2 },
    B: { Name: 'b2' },
    C: { Of: [{ Ref: 'A' }, { Ref: 'B' }] },
    E: { Of: { Ref: 'C' } },
  });

  test.each(['update A', 'create B', 'update C', 'create E'])(
    'that fails at "%s" is undone, and the template, the resources and their names are what they were',
    async (step) => {
      const stacks = createTestStacks();
      await stacks.create(before);
      const existing = new Map(stacks.resources.existing);
      stacks.resources.failingOnce.add(step);
      expect((await stacks.update(after)).StackStatus).toBe('UPDATE_ROLLBACK_COMPLETE');
      expect(stacks.resources.existing).toEqual(existing);
      expect(resourcesOf(stacks)).toEqual(['A', 'B', 'C', 'D']);
      const { TemplateBody } = stacks.operations.GetTemplate({ StackName: 'Bakery' });
      expect(TemplateBody).toBe(JSON.stringify(before));
      expect((await stacks.update(after)).StackStatus).toBe('UPDATE_COMPLETE');
      expect(resourcesOf(stacks)).toEqual(['A', 'B', 'C', 'E']);
    },
  );

  test('whose way back fails, too, stops there; the rollback can be continued, and nothing is left over', async () => {
    const stacks = createTestStacks();
    await stacks.create(before);
    const existing = new Map(stacks.resources.existing);
    stacks.resources.failing.add('update C');
    expect((await stacks.update(after)).StackStatus).toBe('UPDATE_ROLLBACK_FAILED');
    stacks.resources.failing.clear();
    stacks.operations.ContinueUpdateRollback({ StackName: 'Bakery' });
    expect((await stacks.describe('Bakery')).StackStatus).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(stacks.resources.existing).toEqual(existing);
  });

  test('a rollback that cannot be finished can be told to skip a resource', async () => {
    const stacks = createTestStacks();
    await stacks.create(before);
    stacks.resources.failing.add('update A').add('create E');
    expect((await stacks.update(after)).StackStatus).toBe('UPDATE_ROLLBACK_FAILED');
    stacks.operations.ContinueUpdateRollback({ StackName: 'Bakery', ResourcesToSkip: ['A'] });
    expect((await stacks.describe('Bakery')).StackStatus).toBe('UPDATE_ROLLBACK_COMPLETE');
  });

  test('with DisableRollback can be repeated until it succeeds, and nothing made in between is left', async () => {
    const stacks = createTestStacks();
    await stacks.create(templateOf({ A: { Name: 'a1' }, B: {} }));
    stacks.resources.failing.add('update B');
    const attempt = (Name: string) =>
      stacks.update(templateOf({ A: { Name }, B: { Of: { Ref: 'A' } } }), 'Bakery', { DisableRollback: true });
    expect((await attempt('a2')).StackStatus).toBe('UPDATE_FAILED');
    expect((await attempt('a3')).StackStatus).toBe('UPDATE_FAILED');
    expect([...stacks.resources.existing.keys()]).toEqual(expect.arrayContaining(['a1', 'a2', 'a3']));
    stacks.resources.failing.clear();
    expect((await attempt('a3')).StackStatus).toBe('UPDATE_COMPLETE');
    expect([...stacks.resources.existing.values()]).toEqual([{ Of: 'a3' }, { Name: 'a3' }]);
  });

  test('with DisableRollback can be rolled back to before the first attempt', async () => {
    const stacks = createTestStacks();
    await stacks.create(templateOf({ A: { Name: 'a1' }, B: {} }));
    stacks.resources.failing.add('update B');
    for (const Name of ['a2', 'a3']) {
      await stacks.update(templateOf({ A: { Name }, B: { Of: 1 } }), 'Bakery', { DisableRollback: true });
    }
    stacks.resources.failing.clear();
    stacks.operations.RollbackStack({ StackName: 'Bakery' });
    expect((await stacks.describe('Bakery')).StackStatus).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect([...stacks.resources.existing.values()]).toEqual([{ Name: 'a1' }, {}]);
  });

  test('metadata alone reaches no provider', async () => {
    const stacks = createTestStacks();
    await stacks.create({ Resources: { A: { Type: 'Test::Box', Metadata: { v: 1 } } } });
    const stack = await stacks.update({ Resources: { A: { Type: 'Test::Box', Metadata: { v: 2 } } } });
    expect(stack.StackStatus).toBe('UPDATE_COMPLETE');
    expect(stacks.resources.begun).toEqual(['create A']);
  });

  test('a provider that answers another physical id has replaced the resource: the old one goes at the end', async () => {
    const resources = new TestResources();
    const update: typeof resources.provider.update = async (resource, properties, _previous, context) => {
      const made = await resources.provider.create(properties, context);
      return { ...made, attributes: { ...made.attributes, Was: resource.physicalId } };
    };
    const stacks = createTestStacks(resources, { providers: [{ ...resources.provider, update }] });
    await stacks.create(templateOf({ A: { Size: 1 } }));
    await stacks.update(templateOf({ A: { Size: 2 } }));
    expect(resources.begun).toEqual(['create A', 'create A', 'delete A']);
    expect([...resources.existing.values()]).toEqual([{ Size: 2 }]);
  });
});

test('a custom-named resource is not replaced by one of its name, and stays as it was', async () => {
  const stacks = createTestStacks();
  await stacks.create(templateOf({ A: { Name: 'oven', Kind: 'gas' } }));
  expect((await stacks.update(templateOf({ A: { Name: 'oven', Kind: 'coal' } }))).StackStatus).toBe(
    'UPDATE_ROLLBACK_COMPLETE',
  );
  const { StackEvents = [] } = stacks.operations.DescribeStackEvents({ StackName: 'Bakery' });
  expect(StackEvents.find(({ ResourceStatus }) => ResourceStatus === 'UPDATE_FAILED')?.ResourceStatusReason).toBe(
    'CloudFormation cannot update a stack when a custom-named resource requires replacing. Rename oven and update the stack again.',
  );
  expect([...stacks.resources.existing]).toEqual([['oven', { Name: 'oven', Kind: 'gas' }]]);
  const renamed = await stacks.update(templateOf({ A: { Name: 'stove', Kind: 'coal' } }));
  expect(renamed.StackStatus).toBe('UPDATE_COMPLETE');
});

test('two outputs of one export name fail the stack', async () => {
  const stacks = createTestStacks();
  const output = { Value: 'x', Export: { Name: 'twice' } };
  const { StackStatus, StackStatusReason } = await stacks.create(
    templateOf({ A: {} }, { Outputs: { One: output, Two: output } }),
  );
  expect([StackStatus, StackStatusReason]).toEqual(['ROLLBACK_COMPLETE', undefined]);
  const { StackEvents = [] } = stacks.operations.DescribeStackEvents({ StackName: 'Bakery' });
  expect(StackEvents.map((event) => event.ResourceStatusReason).join()).toContain('Duplicate Export name: twice');
});

const never = { Conditions: { Never: { 'Fn::Equals': [1, 2] } } };
const left = { Type: 'Test::Box', Condition: 'Never' };

test.each([
  ['an output', { Resources: { A: {}, B: left }, Outputs: { O: { Value: { Ref: 'B' } } } }, 'Outputs'],
  ['a resource', { Resources: { A: { Properties: { Of: { 'Fn::GetAtt': ['B', 'Arn'] } } }, B: left } }, 'Resources'],
])('%s that refers to a resource whose condition is false is refused', async (_what, { Resources, ...more }, block) => {
  const stacks = createTestStacks();
  const template = { ...never, Resources: { ...Resources, A: { Type: 'Test::Box', ...Resources.A } }, ...more };
  await expect(stacks.create(template)).rejects.toThrow(
    `Template format error: Unresolved resource dependencies [B] in the ${block} block of the template`,
  );
});

test('what refers to it in the branch that is not taken, or depends on it, is not refused', async () => {
  const stacks = createTestStacks();
  const Properties = { Of: { 'Fn::If': ['Never', { Ref: 'B' }, 'nothing'] } };
  const A = { Type: 'Test::Box', DependsOn: 'B', Properties };
  expect((await stacks.create({ ...never, Resources: { A, B: left } })).StackStatus).toBe('CREATE_COMPLETE');
});

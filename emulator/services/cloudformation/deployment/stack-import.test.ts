import { describe, expect, test } from 'vitest';
import { createTestStacks } from '../resources.fixture.ts';

const box = (Name: string) => ({ Type: 'Test::Box', DeletionPolicy: 'Retain', Properties: { Name } });
const toImport = (LogicalResourceId: string, Name: string) => ({
  LogicalResourceId,
  ResourceType: 'Test::Box',
  ResourceIdentifier: { Name },
});

/** A stack of its own made two boxes and let go of them. */
async function start() {
  const stacks = createTestStacks();
  const { operations, create, resources } = stacks;
  await create({ Resources: { A: box('oven'), B: box('shelf') } }, 'Former');
  await stacks.remove('Former');
  expect([...resources.existing.keys()]).toEqual(['oven', 'shelf']);
  const prepare = async (Resources: object, ResourcesToImport: object[], StackName = 'Bakery') => {
    const TemplateBody = JSON.stringify({ Resources, Outputs: { Of: { Value: { Ref: Object.keys(Resources)[0] } } } });
    const input = { StackName, ChangeSetName: 'import', ChangeSetType: 'IMPORT' as const, TemplateBody };
    await operations.CreateChangeSet({ ...input, ResourcesToImport: ResourcesToImport as [] });
    return operations.DescribeChangeSet({ StackName, ChangeSetName: 'import' });
  };
  const execute = async (StackName = 'Bakery') => {
    operations.ExecuteChangeSet({ StackName, ChangeSetName: 'import' });
    return stacks.describe(StackName);
  };
  return { ...stacks, prepare, execute };
}

test('what is there already is taken into a stack, and is its own from then on', async () => {
  const { prepare, execute, events, update, resources, remove } = await start();
  const { Changes } = await prepare({ A: box('oven') }, [toImport('A', 'oven')]);
  expect(Changes).toMatchObject([
    { ResourceChange: { Action: 'Import', LogicalResourceId: 'A', PhysicalResourceId: 'oven' } },
  ]);
  const stack = await execute();
  expect([stack.StackStatus, stack.Outputs]).toEqual(['IMPORT_COMPLETE', [{ OutputKey: 'Of', OutputValue: 'oven' }]]);
  expect(events().slice(1)).toEqual([
    'Bakery IMPORT_IN_PROGRESS',
    'A IMPORT_IN_PROGRESS',
    'A IMPORT_COMPLETE',
    'Bakery IMPORT_COMPLETE',
  ]);
  // Into a stack that stands, too.
  await prepare({ A: box('oven'), B: box('shelf') }, [toImport('B', 'shelf')]);
  expect((await execute()).StackStatus).toBe('IMPORT_COMPLETE');
  const { DeletionPolicy: _, ...A } = box('oven');
  const changed = { Resources: { A: { ...A, Properties: { Name: 'oven', Size: 2 } }, B: box('shelf') } };
  expect((await update(changed)).StackStatus).toBe('UPDATE_COMPLETE');
  expect(resources.existing.get('oven')).toEqual({ Name: 'oven', Size: 2 });
  await remove();
  expect([...resources.existing.keys()]).toEqual(['shelf']);
});

test('where one is not there, or is of another stack, none is taken', async () => {
  const { prepare, execute, operations, create } = await start();
  await prepare({ A: box('oven'), B: box('sink') }, [toImport('A', 'oven'), toImport('B', 'sink')]);
  expect((await execute()).StackStatus).toBe('IMPORT_ROLLBACK_COMPLETE');
  expect(operations.DescribeStackResources({ StackName: 'Bakery' }).StackResources).toEqual([]);
  const { StackEvents = [] } = operations.DescribeStackEvents({ StackName: 'Bakery' });
  expect(StackEvents.map((event) => event.ResourceStatusReason)).toContain(
    "Resource of type 'Test::Box' with identifier 'sink' was not found.",
  );
  await create({ Resources: { A: box('sink') } }, 'Other');
  await prepare({ A: box('sink') }, [toImport('A', 'sink')], 'Third');
  expect((await execute('Third')).StackStatus).toBe('IMPORT_ROLLBACK_COMPLETE');
});

test.each([
  ['nothing', { A: box('oven') }, [], 'at least one resource to import'],
  [
    'one that would go',
    { A: { ...box('oven'), DeletionPolicy: undefined } },
    [toImport('A', 'oven')],
    'DeletionPolicy',
  ],
  ['one that is not in the template', { A: box('oven') }, [toImport('X', 'oven')], '[X] is missing from the template'],
  ['one and another that is new', { A: box('oven'), B: box('x') }, [toImport('A', 'oven')], 'cannot modify or add [B]'],
  [
    'one by another identifier',
    { A: box('oven') },
    [{ ...toImport('A', ''), ResourceIdentifier: { Id: '1' } }],
    'its Name',
  ],
])('an import of %s is refused', async (_what, resources, toBeImported, message) => {
  const { prepare } = await start();
  await expect(prepare(resources, toBeImported)).rejects.toThrow(message);
});

describe('a change set that imports what exists already', () => {
  async function prepared(Resources: object) {
    const started = await start();
    const { operations, describe: described } = started;
    const input = { StackName: 'Bakery', ChangeSetName: 'c', ChangeSetType: 'CREATE' as const };
    const TemplateBody = JSON.stringify({ Resources });
    await operations.CreateChangeSet({ ...input, TemplateBody, ImportExistingResources: true });
    const { Changes = [] } = operations.DescribeChangeSet({ StackName: 'Bakery', ChangeSetName: 'c' });
    const execute = async () => {
      operations.ExecuteChangeSet({ StackName: 'Bakery', ChangeSetName: 'c' });
      return described('Bakery');
    };
    const actions = Changes.map(({ ResourceChange }) => [
      ResourceChange?.LogicalResourceId,
      ResourceChange?.Action,
      ResourceChange?.PhysicalResourceId,
    ]);
    return { ...started, actions, execute };
  }

  test('takes what is there, and makes the rest', async () => {
    const { actions, execute, events, resources } = await prepared({ A: box('oven'), B: box('sink') });
    expect(actions).toEqual([
      ['A', 'Import', 'oven'],
      ['B', 'Add', undefined],
    ]);
    expect((await execute()).StackStatus).toBe('CREATE_COMPLETE');
    expect(events()).toEqual(expect.arrayContaining(['A IMPORT_COMPLETE', 'B CREATE_COMPLETE']));
    expect([...resources.existing.keys()]).toEqual(['oven', 'shelf', 'sink']);
  });

  test('lets go of it where the rest fails', async () => {
    const kept = { ...box('oven'), DeletionPolicy: 'RetainExceptOnCreate' };
    const { resources, execute } = await prepared({ A: kept, B: { ...box('sink'), DependsOn: 'A' } });
    resources.failing.add('create B');
    expect((await execute()).StackStatus).toBe('ROLLBACK_COMPLETE');
    expect([...resources.existing.keys()]).toEqual(['oven', 'shelf']);
  });

  test('takes nothing that has no deletion policy', async () => {
    const { actions, execute } = await prepared({ A: { ...box('oven'), DeletionPolicy: undefined } });
    expect(actions).toEqual([['A', 'Add', undefined]]);
    expect((await execute()).StackStatus).toBe('ROLLBACK_COMPLETE');
  });
});

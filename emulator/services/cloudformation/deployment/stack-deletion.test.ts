import { describe, expect, test } from 'vitest';
import { createTestStacks, diamond } from '../resources.fixture.ts';

describe('deletion', () => {
  test('goes against the dependencies; the stack is then found by its ARN alone', async () => {
    const stacks = createTestStacks();
    const { StackId = '' } = await stacks.create(diamond());
    stacks.resources.log.length = 0;
    expect((await stacks.remove()).StackStatus).toBe('DELETE_COMPLETE');
    expect(stacks.resources.begun).toEqual(['delete D', 'delete B', 'delete C', 'delete A']);
    await expect(stacks.describe('Bakery')).rejects.toThrow('Stack with id Bakery does not exist');
    expect(stacks.events(StackId).at(-1)).toBe('Bakery DELETE_COMPLETE');
    expect((await stacks.create(diamond())).StackStatus).toBe('CREATE_COMPLETE');
  });

  test('a resource that cannot be deleted stops those that it depends on; it can be retained then', async () => {
    const stacks = createTestStacks();
    const { StackId = '' } = await stacks.create(diamond());
    stacks.resources.failing.add('delete B');
    const failed = await stacks.remove();
    expect(failed).toMatchObject({
      StackStatus: 'DELETE_FAILED',
      StackStatusReason: 'The following resource(s) failed to delete: [B]. ',
    });
    expect(stacks.resources.existing.size).toBe(2);
    stacks.operations.DeleteStack({ StackName: 'Bakery', RetainResources: ['B'] });
    expect((await stacks.describe(StackId)).StackStatus).toBe('DELETE_COMPLETE');
    expect([...stacks.resources.existing.keys()]).toEqual([expect.stringMatching(/-B-/)]);
  });

  test('of a stack that is being created waits for what is in flight and leaves nothing', async () => {
    const stacks = createTestStacks();
    const { promise, resolve } = Promise.withResolvers<void>();
    stacks.resources.gate = promise;
    const input = { StackName: 'Bakery', TemplateBody: JSON.stringify(diamond()) };
    const { StackId = '' } = await stacks.operations.CreateStack(input);
    await Promise.resolve();
    stacks.operations.DeleteStack({ StackName: StackId });
    resolve();
    expect((await stacks.describe(StackId)).StackStatus).toBe('DELETE_COMPLETE');
    expect(stacks.resources.existing.size).toBe(0);
    expect(stacks.resources.begun).not.toContain('create B');
  });

  test('of the endpoint waits for what has begun and begins nothing new', async () => {
    const stacks = createTestStacks();
    const input = { StackName: 'Bakery', TemplateBody: JSON.stringify(diamond()) };
    await stacks.operations.CreateStack(input);
    await stacks.close();
    expect(stacks.resources.log).toEqual(['create A', 'created A']);
  });
});

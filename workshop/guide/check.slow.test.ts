import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createWorkingCopy, type WorkingCopy } from '../experiment/working-copy.ts';
import { problemsOf } from './check.ts';
import { handoutOf, writeHandout } from './handout.ts';

const { signal } = new AbortController();
let copy: WorkingCopy;

beforeAll(async () => {
  copy = await createWorkingCopy(join(import.meta.dirname, '..', '..'), { exercises: true });
});
afterAll(() => copy.close());

test.each([
  ['a root', 'cleanup.ts', 'functions/cleanup/handler.ts'],
  ['the stack', 'stack.ts', 'infra/constructs/cleanup.ts'],
  ['a file that stands for another of the repository', 'main.ts', 'functions/cleanup/main.ts'],
])('the finished answer is refused by its name in %s', async (_, name, answer) => {
  const { repository } = copy;
  const solution = await handoutOf(12, 'solution', repository);
  await writeHandout(
    12,
    new Map([...solution, [name, `import '../../${answer}';\n${solution.get(name)}`]]),
    repository,
  );
  expect(await problemsOf(12, repository, signal)).toEqual([
    `my-factory/12-admin-processes/${name}: imports ${answer}, which is the finished one: it is what this exercise asks you to write.`,
  ]);
});

test('what is handed out and could be done without is asked for by its name', async () => {
  const { repository } = copy;
  const [start, solution] = [await handoutOf(10, 'start', repository), await handoutOf(10, 'solution', repository)];
  await writeHandout(10, solution, repository);
  expect(await problemsOf(10, repository, signal)).toEqual([]);

  const without = (start.get('baking.ts') ?? '')
    .replaceAll(/.*withLocalCalendar.*from.*\n/g, '')
    .replace('withLocalCalendar', '');
  await writeHandout(10, new Map([...solution, ['baking.ts', without]]), repository);
  expect(await problemsOf(10, repository, signal)).toEqual([
    'my-factory/10-dev-prod-parity/house-calendar.ts: nothing that is deployed uses it. It is part of the exercise.',
  ]);
});

test('a function that was handed out and is gone is asked for by its name', async () => {
  const { repository } = copy;
  const solution = await handoutOf(7, 'solution', repository);
  await writeHandout(7, new Map([...solution].filter(([name]) => name !== 'metrics.ts')), repository);
  await expect(problemsOf(7, repository, signal)).rejects.toThrow(
    'my-factory/07-port-binding has no metrics.ts, which was handed out.',
  );
});

test.each([
  ['stands for another of the repository', 5, 'my-factory/05-build-release-run', 'release.ts'],
  ['another one imports', 4, 'my-factory/04-backing-services', 'recipe-parameter.ts'],
])('a handed-out file that %s is missed by its name', async (_, factor, folder, name) => {
  const { repository } = copy;
  await writeHandout(factor, await handoutOf(factor, 'solution', repository), repository);
  await rm(join(repository, folder, name));
  expect(await problemsOf(factor, repository, signal)).toEqual([
    expect.stringContaining(`${folder}/${name}: is missing. It was handed out: `),
  ]);
});

test('a package that is to be declared and used is asked for by its name', async () => {
  const { repository } = copy;
  const solution = await handoutOf(2, 'solution', repository);
  const unrounded = (solution.get('prices.ts') ?? '')
    .replace(/.*from 'sprinkles';\n/, '')
    .replace('sprinkle(item.priceCents)', 'item.priceCents');
  await writeHandout(2, new Map([...solution, ['prices.ts', unrounded]]), repository);
  expect(await problemsOf(2, repository, signal)).toEqual([
    'sprinkles: nothing that is deployed uses it. It is part of the exercise.',
  ]);
});

test('a service of AWS by the bare name of aws-cdk-lib is known, and a wrong use of it is said with file and line', async () => {
  const { repository } = copy;
  const solution = await handoutOf(10, 'solution', repository);
  const stack = solution.get('stack.ts') ?? '';
  const added = "import { aws_sqs } from 'aws-cdk-lib';\nexport const name: string = aws_sqs.Queue;\n";
  await writeHandout(10, new Map([...solution, ['stack.ts', stack + added]]), repository);

  const line = stack.split('\n').length + 1;
  expect(await problemsOf(10, repository, signal)).toEqual([
    expect.stringMatching(`my-factory/10-dev-prod-parity/stack.ts:${line}:14: Type 'typeof Queue' is not assignable`),
  ]);
});

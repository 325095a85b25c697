import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';

const root = join(import.meta.dirname, '..');
const read = (file: string) => readFileSync(join(root, file), 'utf8');
const { scripts, dependencies, devDependencies } = JSON.parse(read('package.json'));

interface Job {
  readonly 'timeout-minutes'?: number;
  readonly permissions?: unknown;
  readonly steps: readonly { readonly uses?: string; readonly run?: string; readonly with?: Record<string, unknown> }[];
}

const workflows = globSync('.github/workflows/*.yml', { cwd: root }).map((file) => ({
  name: basename(file),
  text: read(file),
  workflow: parse(read(file)) as { permissions: unknown; env: unknown; jobs: Record<string, Job> },
}));

describe.each(workflows)('$name', ({ text, workflow }) => {
  const jobs = Object.values(workflow.jobs);
  const steps = jobs.flatMap((job) => job.steps);

  test('it may read the repository and nothing else', () => {
    expect(workflow.permissions).toEqual({ contents: 'read' });
    expect(jobs.flatMap(({ permissions }) => permissions ?? [])).toEqual([]);
    const checkouts = steps.filter(({ uses = '' }) => uses.startsWith('actions/checkout@'));
    expect(checkouts.map((step) => step.with?.['persist-credentials'])).toEqual(checkouts.map(() => false));
  });

  test('every action is pinned by its commit, with the version beside it', () => {
    const used = [...text.matchAll(/uses: (.*)$/gm)].map(([, action]) => action);
    expect(used).not.toEqual([]);
    expect(used.filter((action = '') => !/^[\w/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(action))).toEqual([]);
  });

  test('no job runs without a limit, and no script is filled in from what somebody wrote', () => {
    expect(jobs.filter((job) => !job['timeout-minutes'])).toEqual([]);
    expect(steps.filter(({ run = '' }) => run.includes('${{'))).toEqual([]);
  });

  test('what it runs is there', () => {
    const commands = steps.map(({ run = '' }) => run).join('\n');
    const named = [...commands.matchAll(/npm run ([\w:-]+)/g)].map(([, script = '']) => script);
    expect(named.filter((script) => !(script in scripts))).toEqual([]);
    const files = [...commands.matchAll(/(?:[\w.-]+\/)*[\w.-]+\.(?:yml|mjs|test\.ts)\b|\.ci\/[\w-]+(?=\s)/g)];
    const here = new Set(
      globSync(['*', 'test/*', 'infra/*', 'functions/*', '.ci/*'], { cwd: root, exclude: ['node_modules'] }),
    );
    expect(files.map(([file]) => file).filter((file) => !here.has(file))).toEqual([]);
  });

  test('it runs under the locale and the time zone of the functions', () => {
    const { locale, timeZone } = JSON.parse(read('functions/runtime/runtime.json'));
    expect(workflow.env).toMatchObject({ LANG: locale, TZ: timeZone });
  });
});

test('each pull request is tested on three systems', () => {
  const { jobs } = parse(read('.github/workflows/pull-request.yml'));
  expect(jobs.test.strategy.matrix.os).toEqual(['ubuntu-latest', 'macos-latest', 'windows-latest']);
});

test('packages that move together are in one group of Dependabot', () => {
  const [npm] = parse(read('.github/dependabot.yml')).updates;
  const groupOf = (name: string) =>
    Object.keys(npm.groups).filter((group) =>
      (npm.groups[group].patterns ?? []).some((pattern: string) =>
        new RegExp(`^${pattern.replaceAll('*', '.*')}$`).test(name),
      ),
    );
  const all = Object.keys({ ...dependencies, ...devDependencies });
  for (const [prefix, group] of [
    ['@aws-lambda-powertools/', 'powertools'],
    ['@aws-sdk/', 'aws-sdk'],
    ['@smithy/', 'aws-sdk'],
  ] as const) {
    const members = all.filter((name) => name.startsWith(prefix));
    expect(members.length).toBeGreaterThan(1);
    expect(members.map(groupOf)).toEqual(members.map(() => [group]));
  }
});

describe('local machines', () => {
  test('the dev container is the target dev of the Dockerfile', () => {
    const { build, postCreateCommand } = JSON.parse(read('.devcontainer/devcontainer.json'));
    expect(build).toEqual({ dockerfile: '../functions/Dockerfile', context: '..', target: 'dev' });
    expect(read('functions/Dockerfile')).toMatch(/^FROM runtime AS dev$/m);
    expect(postCreateCommand).toBe('npm ci');
  });

  test("VS Code's tasks are scripts of package.json, and what starts before a debugger is one of them", () => {
    const { tasks } = JSON.parse(read('.vscode/tasks.json'));
    const named = tasks.map((task: { script?: string; args?: string[] }) => task.script ?? task.args?.[1]);
    expect(named.filter((script: string) => !(script in scripts))).toEqual([]);
    const { configurations } = JSON.parse(read('.vscode/launch.json'));
    const labels = tasks.map(({ label }: { label: string }) => label);
    const before = configurations.flatMap(({ preLaunchTask }: { preLaunchTask?: string }) => preLaunchTask ?? []);
    expect(labels).toEqual(expect.arrayContaining(before));
    expect(before).toHaveLength(1);
  });
});

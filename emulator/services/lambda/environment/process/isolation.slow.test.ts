import { realpathSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { changesPermissions } from '../../function/configuration.ts';
import { startLambda } from '../../lambda.fixture.ts';

/** Answers what an expression gives, or the code of its error; `in` a worker or a process of Node's, if asked. */
const evaluates = `
  import cp from 'node:child_process';
  import { Worker } from 'node:worker_threads';
  const CODE = (expression) => \`
    const [fs, os, cp] = ['fs', 'os', 'child_process'].map((name) => process.getBuiltinModule(name));
    let answer;
    try { answer = (\${expression}) ?? 'done' } catch ({ code }) { answer = { code } }\`;
  export const handler = async ({ expression, place }) => {
    if (place === 'worker') return new Promise((resolve, reject) => {
      const text = CODE(expression) + "; require('node:worker_threads').parentPort.postMessage(answer)";
      new Worker(text, { eval: true }).once('message', resolve).once('error', reject);
    });
    if (place === 'child') {
      const text = CODE(expression) + '; console.log(JSON.stringify(answer))';
      return JSON.parse(cp.execFileSync(process.execPath, ['-e', text], { stdio: ['ignore', 'pipe', 'ignore'] }));
    }
    return new Function(CODE(expression) + '; return answer')();
  };`;

async function start() {
  const lambda = startLambda();
  await lambda.deploy('f', { 'index.mjs': evaluates, 'data.json': '{"a":1}' });
  await lambda.deploy('victim', 'export const handler = async () => "untouched";');
  await lambda.invoke('victim');
  const victim = join(lambda.environments('victim')[0]?.version.code.directory ?? '', 'index.mjs');
  return {
    ...lambda,
    victim,
    evaluate: async (expression: string, place?: string) => (await lambda.invoke('f', { expression, place })).result,
  };
}

const denied = { code: 'ERR_ACCESS_DENIED' };

describe('a function reaches no file but its own', () => {
  test.each([undefined, 'worker', 'child'])('in its %s', async (place) => {
    const { evaluate, victim, invoke } = await start();
    const home = JSON.stringify(homedir());
    const code = JSON.stringify(victim);
    const machines = JSON.stringify(join(realpathSync.native(tmpdir()), 'isolation-test'));
    const attempts = [
      ...(process.platform === 'linux' ? ["fs.readFileSync('/proc/' + process.ppid + '/environ')"] : []),
      `fs.readdirSync(${home})`,
      `fs.writeFileSync(${home} + '/isolation-test', '')`,
      `fs.readFileSync(${code}, 'utf8')`,
      `fs.writeFileSync(${code}, 'export const handler = async () => "replaced by evil";')`,
      `fs.rmSync(${code})`,
      `fs.renameSync(os.tmpdir(), ${code})`,
      `fs.writeFileSync(${machines}, '')`,
      "fs.writeFileSync(process.cwd() + '/index.mjs', '')",
    ];
    for (const attempt of attempts) {
      expect([attempt, await evaluate(attempt, place)]).toEqual([attempt, denied]);
    }
    expect((await invoke('victim')).result).toBe('untouched');
  });

  test('and is told what it may do instead, where it does not catch that', async () => {
    const { deploy, invoke } = startLambda();
    const writes = `fs.writeFileSync('/tmp/report.csv', '')`;
    const throws = (what: string) => `import fs from 'node:fs'; export const handler = async () => { ${what} };`;
    await deploy('f', throws(writes));
    const { result, log } = await invoke('f', {}, { LogType: 'Tail' });
    const says =
      /^A function may write to os\.tmpdir\(\) alone, and not to .*report\.csv\. It is \/tmp on AWS and .+ here\.$/;
    expect(result).toEqual({ errorType: 'Error', errorMessage: expect.stringMatching(says), trace: expect.any(Array) });
    expect(result.trace[0]).toContain('os.tmpdir()');
    expect(log).toContain('It is /tmp on AWS');
    await deploy('g', `${throws('')} fs.readFileSync('/etc/hostname');`);
    expect((await invoke('g')).result.errorMessage).toMatch(
      /^A function may read its own code and os\.tmpdir\(\) alone/,
    );
  });

  test('in a worker with options of its own, nor in a worker of a worker', async () => {
    const { deploy, invoke } = startLambda();
    const reads = `
      const { Worker, parentPort } = require('node:worker_threads');
      const read = () => { try { return require('node:fs').readFileSync('/etc/hostname', 'utf8') } catch ({ code }) { return code } };`;
    await deploy(
      'f',
      {
        'index.cjs': `${reads}
        const inner = JSON.stringify(${JSON.stringify(`${reads} parentPort.postMessage(read())`)});
        const start = (text, options) => new Promise((resolve, reject) =>
          new Worker(text, { eval: true, ...options }).once('message', resolve).once('error', reject));
        const nested = (options) => \`${reads}
          new Worker(\${inner}, { eval: true, ...\${JSON.stringify(options)} }).once('message', (answer) => parentPort.postMessage(answer));\`;
        exports.handler = async (choices) => Promise.all(choices.flatMap((options) => [
          start(JSON.parse(inner), options), start(nested(options), {}), start(nested(options), options),
        ]));`,
      },
      // Each worker has a heap of its own.
      { Timeout: 60, MemorySize: 1024 },
    );
    const choices = [
      {},
      { execArgv: [] },
      { execArgv: ['--no-warnings'], env: {} },
      { execArgv: ['--no-permission'] },
      { execArgv: ['--allow-fs-read=*'] },
      { execArgv: ['--allow_fs_read=*'] },
      { env: { NODE_OPTIONS: '--no-warnings --allow-fs-read=*' } },
    ];
    const { result } = await invoke('f', choices);
    expect(result).toEqual(choices.flatMap(() => Array(3).fill(denied.code)));
  });

  test('by no variable of its own', async () => {
    const { deploy, invoke, operations } = startLambda();
    const Environment = { Variables: { NODE_OPTIONS: '--enable-source-maps --allow-fs-read=*' } };
    const refused = {
      name: 'InvalidParameterValueException',
      message: expect.stringMatching(/permission model in NODE_OPTIONS/),
    };
    await expect(deploy('f', evaluates, { Environment })).rejects.toMatchObject(refused);
    const temporary = { Variables: { TMPDIR: '/tmp', NODE_OPTIONS: '--enable-source-maps' } };
    await deploy('f', evaluates, { Environment: temporary });
    expect(() => operations.UpdateFunctionConfiguration({ FunctionName: 'f', Environment })).toThrow(
      refused.message.sample,
    );
    const expression =
      "fs.writeFileSync(os.tmpdir() + '/x', process.env.NODE_OPTIONS) ?? fs.readFileSync(os.tmpdir() + '/x', 'utf8')";
    expect((await invoke('f', { expression })).result).toBe('--enable-source-maps');
  });

  test.each([
    ['--permission', true],
    ['--no-permission', true],
    ['--permission-audit', true],
    ['--experimental_permission', true],
    ['--trace-warnings "--allow_fs_write=/x y"', true],
    ['--allow-child-process', true],
    ['--enable-source-maps --max-http-header-size=9000', false],
    ['', false],
  ])('NODE_OPTIONS=%s changes that: %s', (nodeOptions, changes) => {
    expect(changesPermissions(nodeOptions)).toBe(changes);
  });
});

test('what a function does on Lambda it does here', async () => {
  const { evaluate } = await start();
  const own: readonly (readonly [string, unknown])[] = [
    [
      "fs.mkdirSync(os.tmpdir() + '/a/b/c', { recursive: true }) && fs.writeFileSync(os.tmpdir() + '/a/b/c/d', 'crumbs')",
      'done',
    ],
    ["fs.readFileSync(fs.realpathSync(os.tmpdir() + '/a/b') + '/c/d', 'utf8')", 'crumbs'],
    ["fs.mkdtempSync(os.tmpdir() + '/x-').length > 0", true],
    ["fs.rmSync(os.tmpdir() + '/a', { recursive: true })", 'done'],
    ["fs.readFileSync('data.json', 'utf8')", '{"a":1}'],
    ['fs.readdirSync(process.env.LAMBDA_TASK_ROOT).sort()', ['data.json', 'index.mjs']],
    ["fs.existsSync('/.dockerenv')", false],
    ["fs.existsSync(os.homedir() + '/.aws/config')", false],
    ["cp.execFileSync(process.execPath, ['-p', '1 + 1']).toString().trim()", '2'],
  ];
  for (const [expression, value] of own) {
    expect([expression, await evaluate(expression)]).toEqual([expression, value]);
  }
  expect(await evaluate("fs.readFileSync('data.json', 'utf8')", 'worker')).toBe('{"a":1}');
});

test('none of that is in its log', async () => {
  const { deploy, invoke } = startLambda();
  await deploy('f', 'export const handler = async () => 1;');
  const { log } = await invoke('f', {}, { LogType: 'Tail' });
  expect(log).toMatch(/^START RequestId: \S+ Version: \S+\nEND RequestId: \S+\nREPORT [^\n]*\n$/);
});

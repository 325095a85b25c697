import { expect, test, vi } from 'vitest';
import { startLambda } from '../../lambda.fixture.ts';

const withoutTimes = (text: string): string =>
  text.replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'TIME').replace(/[0-9a-f-]{36}/g, 'ID');

test('the log of an invocation, in its order, from START to REPORT', async () => {
  const { deploy, invoke, logged } = startLambda();
  await deploy(
    'f',
    `console.log('loading');
     export const handler = async () => {
       console.log('two\\nlines %s', { a: 1 });
       process.stdout.write('plain 1\\nplain 2');
       process.stderr.write('err\\n');
       console.warn('careful'); console.error(new Error('bad').message); console.debug('detail');
     };`,
  );
  const { log } = await invoke('f', {}, { LogType: 'Tail' });
  expect(withoutTimes(log).replace(/[\d.]+ (ms|MB)/g, 'N $1')).toBe(
    [
      'TIME\tundefined\tINFO\tloading',
      'START RequestId: ID Version: $LATEST',
      'TIME\tID\tINFO\ttwo\nlines { a: 1 }',
      'plain 1',
      'plain 2err',
      'TIME\tID\tWARN\tcareful',
      'TIME\tID\tERROR\tbad',
      'TIME\tID\tDEBUG\tdetail',
      'END RequestId: ID',
      'REPORT RequestId: ID\tDuration: N ms\tBilled Duration: N ms\tMemory Size: N MB\tMax Memory Used: N MB\tInit Duration: N ms\t\n',
    ].join('\n'),
  );
  await vi.waitFor(() => expect(logged.map(({ message }) => message).join('')).toBe(log));
  expect(new Set(logged.map(({ group }) => group))).toEqual(new Set(['/aws/lambda/f']));
  expect(logged.find(({ message }) => message.includes('two'))?.message).toMatch(/lines \{ a: 1 \}\n$/);
  expect((await invoke('f', {}, { LogType: 'Tail' })).log).not.toMatch(/Init Duration|loading/);
});

test('the tail is the last 4 KB, and it is complete', async () => {
  const { deploy, invoke, logged } = startLambda();
  await deploy(
    'f',
    'export const handler = async () => { for (let i = 0; i < 20000; i++) console.log("line %d of many", i) };',
    { Timeout: 20 },
  );
  const { log } = await invoke('f', {}, { LogType: 'Tail' });
  expect(Buffer.byteLength(log)).toBe(4096);
  expect(log).toMatch(/line 19999 of many\nEND .*\nREPORT /);
  await vi.waitFor(() => expect(logged).toHaveLength(20_003));
});

test('JSON, with levels', async () => {
  const { deploy, invoke, logged } = startLambda();
  await deploy(
    'f',
    `export const handler = async () => {
       console.debug('detail'); console.info('text', 1); console.warn({ key: 'value' }); console.error('failed:', new TypeError('bad'));
     };`,
    { LoggingConfig: { LogFormat: 'JSON', LogGroup: '/factory' } },
  );
  await invoke('f');
  await vi.waitFor(() => expect(logged).toHaveLength(5));
  const records = logged.map(({ message }) => JSON.parse(message));
  expect(records).toMatchObject([
    { type: 'platform.start', record: { version: '$LATEST' } },
    { level: 'INFO', message: 'text 1', requestId: expect.any(String), timestamp: expect.any(String) },
    { level: 'WARN', message: { key: 'value' } },
    { level: 'ERROR', errorType: 'TypeError', errorMessage: 'bad', stackTrace: expect.any(Array) },
    {
      type: 'platform.report',
      record: { status: 'success', metrics: { durationMs: expect.any(Number), initDurationMs: expect.any(Number) } },
    },
  ]);
  expect(logged[0]).toMatchObject({ group: '/factory', stream: expect.stringMatching(/\/f\[\$LATEST\]/) });
});

test('an error has its stack in the log', async () => {
  const { deploy, invoke } = startLambda();
  await deploy('f', 'export const handler = async () => { throw Object.assign(new Error("boom"), { code: "E1" }) }');
  const { log } = await invoke('f', {}, { LogType: 'Tail' });
  const [, json = ''] = /ERROR\tInvoke Error \t(.*)\n/.exec(log) ?? [];
  expect(JSON.parse(json)).toMatchObject({
    errorType: 'Error',
    errorMessage: 'boom',
    code: 'E1',
    stack: expect.arrayContaining(['Error: boom']),
  });
});

test('what was written before an exit is not lost', async () => {
  const { deploy, invoke } = startLambda();
  const source =
    'export const handler = async () => { process.stdout.write(("x".repeat(99) + "\\n").repeat(20_000)); console.log("last"); process.exit(1) }';
  await deploy('f', source);
  const { log } = await invoke('f', {}, { LogType: 'Tail' });
  expect(log).toMatch(
    /x{99}\n.*INFO\tlast\nRequestId: \S+ Error: Runtime exited with error: exit status 1\nRuntime.ExitError\nEND/,
  );
});

test('a function that closes its own output is answered all the same', async () => {
  const { deploy, invoke } = startLambda();
  await deploy(
    'f',
    'import { closeSync } from "node:fs"; export const handler = async () => { closeSync(1); return 1 };',
  );
  expect((await invoke('f')).result).toBe(1);
});

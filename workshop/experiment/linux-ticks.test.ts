import { expect, test } from 'vitest';
import { processIn, runnableIn, ticksIn, ticksOfTree } from './linux-ticks.ts';

const stat = 'cpu  100 5 50 800 40 1 4 20 30 7\ncpu0 50 2 25 400 20 0 2 10 15 3\nprocs_running 3\n';

test('waiting for a disk is idle, and guests are counted once', () => {
  expect(ticksIn(stat)).toEqual({ idle: 840, steal: 20, total: 1020 });
  expect(runnableIn(stat)).toBe(3);
});

test.each([
  { of: 'a plain program', name: 'node' },
  { of: 'one with blanks and brackets', name: 'tmux: (server) 1' },
])('the ticks of $of are its own and those of its children that ended', ({ name }) => {
  const line = `42 (${name}) S 7 42 42 0 -1 4194304 100 0 0 0 300 20 5 1 20 0 11 0 123 1000 200\n`;
  expect(processIn(line)).toEqual({ id: 42, parent: 7, ticks: 326 });
});

test('what is no process has no ticks', () => {
  expect(processIn('')).toBeUndefined();
  expect(processIn('42 (node) S')?.ticks).toBe(0);
});

test('a process answers for all that descend from it, and for nobody else', () => {
  const processes = [
    { id: 1, parent: 0, ticks: 1000 },
    { id: 10, parent: 1, ticks: 5 },
    { id: 11, parent: 10, ticks: 20 },
    { id: 12, parent: 11, ticks: 300 },
    { id: 20, parent: 1, ticks: 7777 },
  ];
  expect(ticksOfTree(10, processes)).toBe(325);
  expect(ticksOfTree(99, processes)).toBe(0);
});

import { expect, test } from 'vitest';
import { quietMachine, testComparison, testRun } from '../comparison.fixture.ts';
import { matrixOf } from './matrix.ts';

const wordsOf = (name: string, ...runs: Parameters<typeof testRun>[]) =>
  matrixOf({ scenarios: runs.map((run) => testRun(...run)) })
    .find((row) => row.name === name)
    ?.cells.map(({ says }) => says);

test('every scenario has a cell in every row', () => {
  const { scenarios } = testComparison();
  const matrix = matrixOf({ scenarios });
  expect(matrix.map(({ name }) => name)).toEqual([
    'lost',
    'failed',
    'place-p50',
    'place-p99',
    'recovery',
    'peak-memory',
    'cost',
  ]);
  for (const { cells } of matrix) {
    expect(cells.map(({ scenario }) => scenario)).toEqual(scenarios.map(({ scenario }) => scenario));
  }
});

test('a cell says who is better, or why nobody is', () => {
  expect(wordsOf('lost', ['steady'], ['kill'])).toEqual(['even', 'functions']);
  expect(wordsOf('recovery', ['steady'], ['kill'])).toEqual(['', 'functions']);
  expect(wordsOf('lost', ['kill', { partial: 'functions: Interrupted.' }])).toEqual(['partial']);
  const { sides } = testRun('steady');
  const busy = sides.map((side) => ({ ...side, machine: { ...quietMachine, cpu: 1 } }));
  expect(wordsOf('place-p50', ['steady', { sides: busy }])).toEqual(['too busy']);
  expect(wordsOf('cost', ['steady', { sides: busy }])).toEqual(['servers']);
});

test('what nothing was measured of has no row', () => {
  expect(
    matrixOf({ scenarios: [testRun('kill', { sides: [], partial: 'left out.' })] }).map(({ name }) => name),
  ).not.toContain('cost');
});

// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the variables are those of Fn::Sub.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { creationOrder, type DependencyGraph, dependencyGraph, reversed, walk } from './graph.ts';
import { parseTemplate } from './template.ts';

/** Graphs without cycles: a node depends only on nodes with a smaller number. */
const graphs = fc
  .integer({ min: 1, max: 12 })
  .chain((size) => fc.tuple(...Array.from({ length: size }, (_, i) => fc.subarray([...Array(i).keys()]))))
  .chain((edges) =>
    fc.shuffledSubarray([...edges.keys()], { minLength: edges.length }).map((order) => ({ edges, order })),
  )
  .map(
    ({ edges, order }): DependencyGraph =>
      new Map(order.map((i) => [String(i), new Set((edges[i] ?? []).map(String))])),
  );

/** Visits that end in an order of their own, noted as they begin and end. */
function recorder(schedule: fc.Scheduler, fails: (id: string) => boolean = () => false) {
  const notes: string[] = [];
  const visit = async (id: string): Promise<boolean> => {
    notes.push(`begin ${id}`);
    await schedule.schedule(Promise.resolve());
    notes.push(`end ${id}`);
    return !fails(id);
  };
  return { notes, visit };
}

function expectOrder(notes: readonly string[], graph: DependencyGraph): void {
  for (const [id, dependencies] of graph) {
    const begin = notes.indexOf(`begin ${id}`);
    if (begin === -1) {
      continue;
    }
    for (const dependency of dependencies) {
      const end = notes.indexOf(`end ${dependency}`);
      expect(end).toBeGreaterThanOrEqual(0);
      expect(end).toBeLessThan(begin);
    }
  }
}

describe('the order of dependencies', () => {
  test('everything is made after all that it depends on', () =>
    fc.assert(
      fc.asyncProperty(graphs, fc.scheduler(), async (graph, schedule) => {
        const { notes, visit } = recorder(schedule);
        await schedule.waitFor(walk(graph, visit));
        expect(notes).toHaveLength(graph.size * 2);
        expectOrder(notes, graph);
      }),
    ));

  test('everything is deleted before all that it depends on', () =>
    fc.assert(
      fc.asyncProperty(graphs, fc.scheduler(), async (graph, schedule) => {
        const { notes, visit } = recorder(schedule);
        await schedule.waitFor(walk(reversed(graph), visit));
        expect(notes).toHaveLength(graph.size * 2);
        expectOrder(notes, reversed(graph));
      }),
    ));

  test('after a failure nothing begins that was not under way, and what was under way has ended', () =>
    fc.assert(
      fc.asyncProperty(graphs, fc.nat(), fc.scheduler(), async (graph, seed, schedule) => {
        const failing = String(seed % graph.size);
        const { notes, visit } = recorder(schedule, (id) => id === failing);
        const failed = await schedule.waitFor(walk(graph, visit, (failures) => failures.length === 0));
        expect(failed).toEqual([failing]);
        expectOrder(notes, graph);
        expect(notes.filter((note) => note.startsWith('begin')).length * 2).toBe(notes.length);
        expect(notes.slice(notes.indexOf(`end ${failing}`) + 1).some((note) => note.startsWith('begin'))).toBe(false);
      }),
    ));

  test('a sorted order has every node after its dependencies', () =>
    fc.assert(
      fc.property(graphs, (graph) => {
        const order = creationOrder(graph);
        expect(new Set(order)).toEqual(new Set(graph.keys()));
        for (const [id, dependencies] of graph) {
          for (const dependency of dependencies) {
            expect(order.indexOf(dependency)).toBeLessThan(order.indexOf(id));
          }
        }
      }),
    ));
});

const graphOf = (resources: object, holds = true) =>
  dependencyGraph(
    parseTemplate(JSON.stringify({ Conditions: { C: { 'Fn::Equals': [1, 1] } }, Resources: resources })),
    () => holds,
  );
const box = (properties: object, more: object = {}) => ({ Type: 'Test::Box', Properties: properties, ...more });

describe('the dependencies of a template', () => {
  test.each<[what: string, resource: object, expected: string[]]>([
    ['Ref', box({ x: [{ Ref: 'A' }, { Ref: 'AWS::Region' }] }), ['A']],
    ['Fn::GetAtt', box({ x: { 'Fn::GetAtt': 'B.Arn' }, y: { 'Fn::GetAtt': ['A', 'Arn'] } }), ['B', 'A']],
    ['Fn::Sub', box({ x: { 'Fn::Sub': ['${A} ${B.Arn} ${V} ${!D}', { V: { Ref: 'D' } }] } }), ['A', 'B', 'D']],
    ['DependsOn', box({}, { DependsOn: ['A', 'B'] }), ['A', 'B']],
    ['DependsOn alone', box({}, { DependsOn: 'D' }), ['D']],
    ['the branch that is taken', box({ x: { 'Fn::If': ['C', { Ref: 'A' }, { Ref: 'B' }] } }), ['A']],
  ])('%s', (_what, resource, expected) => {
    const graph = graphOf({ A: box({}), B: box({}), D: box({}), X: resource });
    expect([...(graph.get('X') ?? [])].sort()).toEqual([...expected].sort());
  });

  test('what a condition leaves out is neither there nor depended on', () => {
    const graph = graphOf({ A: box({}, { Condition: 'C' }), X: box({}, { DependsOn: 'A' }) }, false);
    expect(graph).toEqual(new Map([['X', new Set()]]));
  });

  test('a cycle is refused with its members', () => {
    const cycle = {
      A: box({ x: { Ref: 'B' } }),
      B: box({ x: { 'Fn::Sub': '${D.Arn}' } }),
      D: box({}, { DependsOn: 'A' }),
    };
    expect(() => graphOf({ ...cycle, X: box({ x: { Ref: 'A' } }) })).toThrow(
      'Circular dependency between resources: [A, B, D]',
    );
  });
});

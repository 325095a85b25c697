import { validationError } from '../errors.ts';
import { dependencyOrder } from './dependency-order.ts';
import { visitReferences } from './references.ts';
import type { ResourceDefinition, Template } from './template.ts';

/** For each logical id, those that must be there before it. */
export type DependencyGraph = ReadonlyMap<string, ReadonlySet<string>>;

/**
 * The resources of a template whose condition holds, and what each depends on: by `DependsOn`, `Ref`, `Fn::GetAtt` and
 * `Fn::Sub`, in the branch of an `Fn::If` that is taken. A cycle is a `ValidationError` that names its members.
 */
export function dependencyGraph(template: Template, condition: (name: string) => boolean): DependencyGraph {
  const active = new Map(
    [...template.resources].filter(([, { Condition }]) => Condition === undefined || condition(Condition)),
  );
  const graph = new Map<string, ReadonlySet<string>>();
  for (const [id, definition] of active) {
    graph.set(id, new Set(dependenciesOf(definition, condition).filter((name) => active.has(name))));
  }
  creationOrder(graph);
  return graph;
}

function dependenciesOf(definition: ResourceDefinition, condition: (name: string) => boolean): string[] {
  const names = dependsOn(definition);
  visitReferences(definition.Properties, { reference: (name) => names.push(name), condition });
  return names;
}

/** `DependsOn` as a list, however it is written. */
export function dependsOn({ DependsOn }: ResourceDefinition): string[] {
  if (DependsOn === undefined) {
    return [];
  }
  return typeof DependsOn === 'string' ? [DependsOn] : [...DependsOn];
}

/** Logical ids, each after all that it depends on. */
export function creationOrder(graph: DependencyGraph): string[] {
  return dependencyOrder(graph, (ids) => validationError(`Circular dependency between resources: [${ids.join(', ')}]`));
}

/** The same edges the other way round: for each logical id, those that must be gone before it. */
export function reversed(graph: DependencyGraph): DependencyGraph {
  const dependents = new Map<string, Set<string>>([...graph.keys()].map((id) => [id, new Set()]));
  for (const [id, dependencies] of graph) {
    for (const dependency of dependencies) {
      dependents.get(dependency)?.add(id);
    }
  }
  return dependents;
}

/**
 * Visits everything in a graph, each node as soon as all that it depends on has been visited, as many at once as the
 * graph allows. After a failure nothing that depends on it is visited; `proceed` can stop the others, too. Resolves
 * once nothing is in flight any more, with the ids whose visit answered false; a visit must not reject.
 */
export async function walk(
  graph: DependencyGraph,
  visit: (id: string) => Promise<boolean>,
  proceed: (failed: readonly string[]) => boolean = () => true,
): Promise<string[]> {
  const dependents = reversed(graph);
  const waitingFor = new Map([...graph].map(([id, dependencies]) => [id, dependencies.size]));
  const failed: string[] = [];
  const start = async (id: string): Promise<void> => {
    if (!proceed(failed)) {
      return;
    }
    if (!(await visit(id))) {
      failed.push(id);
      return;
    }
    await Promise.all([...(dependents.get(id) ?? [])].filter(released).map(start));
  };
  const released = (id: string): boolean => {
    const left = (waitingFor.get(id) ?? 0) - 1;
    waitingFor.set(id, left);
    return left === 0;
  };
  await Promise.all([...graph].filter(([, dependencies]) => dependencies.size === 0).map(([id]) => start(id)));
  return failed;
}

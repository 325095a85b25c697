import { validationError } from '../errors.ts';
import { type DependencyGraph, dependsOn } from './graph.ts';
import { visitReferences } from './references.ts';
import type { Template } from './template.ts';

/**
 * Holds a template's names against each other: whatever is referred to must be there, in either branch of a condition.
 * The first section in which something is not is a `ValidationError` that names it.
 */
export function checkReferences(template: Template): void {
  for (const definition of template.resources.values()) {
    const { Condition, Properties } = definition;
    const missing = dependsOn(definition).filter((name) => !template.resources.has(name));
    refuse([...missing, ...unresolvedIn(Properties, template)], 'resource dependencies', 'Resources');
    checkConditions(template, Condition, Properties, 'Resources');
  }
  for (const { Condition, Value, Export } of template.outputs.values()) {
    refuse(unresolvedIn([Value, Export], template), 'resource dependencies', 'Outputs');
    checkConditions(template, Condition, [Value, Export], 'Outputs');
  }
  for (const expression of template.conditions.values()) {
    const names: string[] = [];
    visitReferences(expression, { reference: (name) => names.push(name) });
    const unresolved = names.filter((name) => !template.parameters.has(name) && !name.startsWith('AWS::'));
    if (unresolved.length > 0) {
      throw validationError(
        `Template format error: Unresolved dependencies [${unresolved.join(', ')}]. Cannot reference resources in the Conditions block of the template`,
      );
    }
  }
}

/**
 * Refuses what refers to a resource whose condition does not hold, in a branch that is taken. `DependsOn` may name one: it is
 * heeded where the resource is there.
 */
export function checkActiveReferences(
  { resources, outputs }: Template,
  graph: DependencyGraph,
  condition: (name: string) => boolean,
): void {
  const left = (value: unknown): string[] => {
    const names: string[] = [];
    visitReferences(value, { reference: (name) => names.push(name), condition });
    return names.filter((name) => resources.has(name) && !graph.has(name));
  };
  const active = [...resources].filter(([id]) => graph.has(id));
  refuse(
    active.flatMap(([, { Properties }]) => left(Properties)),
    'resource dependencies',
    'Resources',
  );
  const made = [...outputs.values()].filter(({ Condition }) => Condition === undefined || condition(Condition));
  refuse(
    made.flatMap(({ Value, Export }) => left([Value, Export])),
    'resource dependencies',
    'Outputs',
  );
}

function unresolvedIn(value: unknown, template: Template): string[] {
  const unresolved = new Set<string>();
  visitReferences(value, {
    reference: (name, attribute) => {
      const known =
        template.resources.has(name) ||
        (attribute === undefined && (template.parameters.has(name) || pseudoParameters.has(name)));
      if (!known) {
        unresolved.add(name);
      }
    },
  });
  return [...unresolved];
}

const pseudoParameters = new Set([
  ...['AWS::AccountId', 'AWS::NoValue', 'AWS::NotificationARNs', 'AWS::Partition', 'AWS::Region'],
  ...['AWS::StackId', 'AWS::StackName', 'AWS::URLSuffix'],
]);

function checkConditions(template: Template, own: string | undefined, value: unknown, block: string): void {
  const names = new Set(own === undefined ? [] : [own]);
  visitReferences(value, {
    condition: (name) => {
      names.add(name);
      return undefined;
    },
  });
  refuse(
    [...names].filter((name) => !template.conditions.has(name)),
    'condition dependencies',
    block,
  );
}

function refuse(names: readonly string[], what: string, block: string): void {
  if (names.length === 0) {
    return;
  }
  throw validationError(
    `Template format error: Unresolved ${what} [${[...new Set(names)].join(', ')}] in the ${block} block of the template`,
  );
}

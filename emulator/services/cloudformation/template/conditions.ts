import { validationError } from '../errors.ts';
import { dependencyOrder } from './dependency-order.ts';
import { listOf, resolve, type Scope } from './intrinsics.ts';
import { visitReferences } from './references.ts';
import { textOf } from './scalar.ts';
import { isObject } from './template.ts';

/** A function that answers true or false: of `Conditions`, and a few more of `Rules`. */
export type Predicate = (argument: unknown, scope: Scope, holds: (value: unknown) => boolean) => boolean;

/** "Condition functions" of the CloudFormation template reference. */
export const conditionFunctions: Readonly<Record<string, Predicate>> = {
  'Fn::Equals': (argument, scope) => {
    const [a, b] = listOf(argument, 'Fn::Equals', 2);
    return canonical(resolve(a, scope)) === canonical(resolve(b, scope));
  },
  'Fn::Not': (argument, _scope, holds) => !holds(listOf(argument, 'Fn::Not', 1)[0]),
  'Fn::And': (argument, _scope, holds) => listOf(argument, 'Fn::And').every(holds),
  'Fn::Or': (argument, _scope, holds) => listOf(argument, 'Fn::Or').some(holds),
};

/** Whether an expression of `Conditions` or `Rules` holds. */
export function holds(
  expression: unknown,
  scope: Scope,
  functions: Readonly<Record<string, Predicate>> = conditionFunctions,
): boolean {
  if (expression === true || expression === 'true') {
    return true;
  }
  if (expression === false || expression === 'false') {
    return false;
  }
  const [name, ...others] = isObject(expression) ? Object.keys(expression) : [];
  const argument = isObject(expression) && name !== undefined ? expression[name] : undefined;
  if (name === 'Condition' && others.length === 0) {
    return scope.condition(textOf(argument, 'Condition'));
  }
  const isCall = name !== undefined && others.length === 0 && Object.hasOwn(functions, name);
  const predicate = isCall ? functions[name] : undefined;
  if (!predicate) {
    throw validationError(
      `Template format error: ${JSON.stringify(expression)?.slice(0, 1000)} is not a condition function.`,
    );
  }
  return predicate(argument, scope, (value) => holds(value, scope, functions));
}

/**
 * Evaluates conditions by name, each once and after those that it names. One that depends on itself is a `ValidationError`.
 */
export function resolveConditions(
  conditions: ReadonlyMap<string, unknown>,
  scopeOf: (condition: (name: string) => boolean) => Scope,
): ReadonlyMap<string, boolean> {
  const values = new Map<string, boolean>();
  const scope = scopeOf((name) => {
    const known = values.get(name);
    if (known !== undefined) {
      return known;
    }
    throw validationError(`Template format error: Unresolved condition dependency ${name} in the Conditions block`);
  });
  const named = new Map(
    [...conditions].map(([name, expression]) => [name, namedIn(expression).filter((other) => conditions.has(other))]),
  );
  const order = dependencyOrder(named, ([name]) =>
    validationError(`Template error: Found circular condition dependency for condition ${name}`),
  );
  for (const name of order) {
    values.set(name, holds(conditions.get(name), scope));
  }
  return values;
}

/** The conditions that an expression names. */
function namedIn(expression: unknown): string[] {
  const names: string[] = [];
  visitReferences(expression, {
    condition: (name) => {
      names.push(name);
      return undefined;
    },
  });
  return [...names, ...membersNamed('Condition', expression)];
}

function membersNamed(name: string, value: unknown): string[] {
  if (Array.isArray(value)) {
    return value.flatMap((item) => membersNamed(name, item));
  }
  if (!isObject(value)) {
    return [];
  }
  return Object.entries(value).flatMap(([key, member]) =>
    key === name && typeof member === 'string' ? [member] : membersNamed(name, member),
  );
}

/** Scalars are compared as the strings that they are in CloudFormation. */
function canonical(value: unknown): string {
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

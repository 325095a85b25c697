import { listOf, resolve, type Scope } from './intrinsics.ts';
import { isObject } from './template.ts';
import { validationError } from './validation-error.ts';

/** A function that answers true or false: of `Conditions`, and a few more of `Rules`. */
export type Predicate = (argument: unknown, scope: Scope, holds: (value: unknown) => boolean) => boolean;

/** "Condition functions" of the CloudFormation template reference. */
export const CONDITION_FUNCTIONS: Readonly<Record<string, Predicate>> = {
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
  functions: Readonly<Record<string, Predicate>> = CONDITION_FUNCTIONS,
): boolean {
  if (expression === true || expression === 'true') return true;
  if (expression === false || expression === 'false') return false;
  const [name, ...others] = isObject(expression) ? Object.keys(expression) : [];
  const argument = isObject(expression) && name !== undefined ? expression[name] : undefined;
  if (name === 'Condition' && others.length === 0) return scope.condition(String(argument));
  const predicate =
    name !== undefined && others.length === 0 && Object.hasOwn(functions, name) ? functions[name] : undefined;
  if (!predicate) {
    throw validationError(`Template format error: ${JSON.stringify(expression)} is not a condition function.`);
  }
  return predicate(argument, scope, (value) => holds(value, scope, functions));
}

/** Evaluates conditions by name, each once; one that depends on itself is a `ValidationError`. */
export function conditionTable(
  conditions: ReadonlyMap<string, unknown>,
  scopeOf: (condition: (name: string) => boolean) => Scope,
): ReadonlyMap<string, boolean> {
  const table = new Map<string, boolean>();
  const underway = new Set<string>();
  const condition = (name: string): boolean => {
    const known = table.get(name);
    if (known !== undefined) return known;
    if (!conditions.has(name)) {
      throw validationError(`Template format error: Unresolved condition dependency ${name} in the Conditions block`);
    }
    if (underway.has(name)) {
      throw validationError(`Template error: Found circular condition dependency for condition ${name}`);
    }
    underway.add(name);
    const value = holds(conditions.get(name), scope);
    table.set(name, value);
    return value;
  };
  const scope = scopeOf(condition);
  for (const name of conditions.keys()) condition(name);
  return table;
}

/** Scalars are compared as the strings that they are in CloudFormation. */
function canonical(value: unknown): string {
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

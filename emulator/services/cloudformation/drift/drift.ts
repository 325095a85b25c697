import { isDeepStrictEqual } from 'node:util';
import type { PropertyDifference, StackResourceDriftStatus } from '@aws-sdk/client-cloudformation';
import { contextOf, newAttempt } from '../deployment/deployment-context.ts';
import { isMade } from '../deployment/resource-deployment.ts';
import type { Engine } from '../engine.ts';
import type { ResourceDrift, StackResource } from '../model.ts';
import type { Properties } from '../provider.ts';
import type { Stack } from '../stack/stack.ts';

/**
 * Whether a resource is still what its stack made of it ("Detect unmanaged configuration changes to stacks and resources with
 * drift detection"). Properties are compared that the template sets and the resource's type can read back.
 */
export async function driftOf(engine: Engine, stack: Stack, record: StackResource): Promise<ResourceDrift> {
  const { logicalId, definition, properties } = record;
  const provider = engine.types.get(definition.Type);
  if (!provider.read || !isMade(record)) {
    return drift('NOT_CHECKED');
  }
  const attempt = newAttempt(engine, stack, new AbortController().signal);
  const actual = await provider.read(record.resource, contextOf(attempt, logicalId, definition.Type));
  if (!actual) {
    return drift('DELETED');
  }
  const expected = Object.fromEntries(Object.entries(properties).filter(([name]) => name in actual));
  const differences = differencesOf(canonical(expected), canonical(pickFrom(actual, Object.keys(expected))), '');
  return {
    ...drift(differences.length > 0 ? 'MODIFIED' : 'IN_SYNC', differences),
    expected: JSON.stringify(canonical(expected)),
    actual: JSON.stringify(canonical(pickFrom(actual, Object.keys(expected)))),
  };
}

const drift = (status: StackResourceDriftStatus, differences: readonly PropertyDifference[] = []): ResourceDrift => ({
  status,
  differences,
  expected: undefined,
  actual: undefined,
  at: new Date(),
});

const pickFrom = (values: Properties, names: readonly string[]): Properties =>
  Object.fromEntries(names.map((name) => [name, values[name]]));

/** Scalars are text in a template, one way or the other, and a document may be written as text. */
function canonical(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(canonical);
  }
  if (typeof value === 'object' && value !== null) {
    const members = Object.entries(value).filter(([, member]) => member !== undefined);
    return Object.fromEntries(members.map(([name, member]) => [name, canonical(member)]));
  }
  return value === undefined ? undefined : String(value);
}

function differencesOf(expected: unknown, actual: unknown, path: string): PropertyDifference[] {
  if (isDeepStrictEqual(expected, actual)) {
    return [];
  }
  if (isObject(expected) && isObject(actual)) {
    const names = new Set([...Object.keys(expected), ...Object.keys(actual)]);
    return [...names].flatMap((name) => differencesOf(expected[name], actual[name], `${path}/${name}`));
  }
  const DifferenceType = expected === undefined ? 'ADD' : actual === undefined ? 'REMOVE' : 'NOT_EQUAL';
  return [{ PropertyPath: path, ExpectedValue: textOf(expected), ActualValue: textOf(actual), DifferenceType }];
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const textOf = (value: unknown): string =>
  value === undefined ? 'null' : typeof value === 'string' ? value : JSON.stringify(value);

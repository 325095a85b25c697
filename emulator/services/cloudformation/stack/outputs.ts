import type { Export, Output } from '@aws-sdk/client-cloudformation';
import { validationError } from '../errors.ts';
import type { Desired, StackOutput } from '../model.ts';
import { resolve, type Scope } from '../template/intrinsics.ts';
import { textOf } from '../template/scalar.ts';
import type { Stack } from './stack.ts';

/** The outputs whose condition holds, with their values. */
export function resolveOutputs({ template }: Desired, scope: Scope): StackOutput[] {
  return [...template.outputs]
    .filter(([, { Condition }]) => Condition === undefined || scope.condition(Condition))
    .map(([key, { Value, Description, Export: exported }]) => ({
      key,
      value: textOf(resolve(Value, scope), `Output ${key}`),
      description: Description === undefined ? undefined : textOf(resolve(Description, scope), `Output ${key}`),
      exportName: exported && textOf(resolve(exported.Name, scope), `Output ${key}`),
    }));
}

export function describeOutput({ key, value, description, exportName }: StackOutput): Output {
  return {
    OutputKey: key,
    OutputValue: value,
    ...(description !== undefined && { Description: description }),
    ...(exportName !== undefined && { ExportName: exportName }),
  };
}

/** The exports of some stacks; an export is there from the first success of its stack until the stack is deleted. */
export function exportsOf(stacks: readonly Stack[]): Export[] {
  return stacks
    .filter((stack) => !stack.isDeleted)
    .flatMap((stack) =>
      (stack.deployed?.outputs ?? []).flatMap(({ exportName, value }) =>
        exportName === undefined ? [] : [{ ExportingStackId: stack.id, Name: exportName, Value: value }],
      ),
    );
}

/** Names of the stacks that use an export. */
export function importersOf(stacks: readonly Stack[], exportName: string): string[] {
  return stacks
    .filter((stack) => !stack.isDeleted && stack.deployed?.imports.has(exportName))
    .map((stack) => stack.name);
}

/** Refuses outputs that would take an export of another stack's name, or take one away from those who use it. */
export function checkExports(stacks: readonly Stack[], stack: Stack, outputs: readonly StackOutput[]): void {
  const others = stacks.filter((other) => other !== stack);
  const taken = exportsOf(others);
  const names = outputs.flatMap(({ exportName }) => (exportName === undefined ? [] : [exportName]));
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined) {
    throw validationError(`Duplicate Export name: ${twice}. Export names must be unique in a region.`);
  }
  for (const { exportName } of outputs) {
    const owner = taken.find(({ Name }) => exportName !== undefined && Name === exportName)?.ExportingStackId;
    if (owner) {
      throw validationError(`Export with name ${exportName} is already exported by stack ${owner}.`);
    }
  }
  for (const { Name = '', Value } of exportsOf([stack])) {
    const next = outputs.find(({ exportName }) => exportName === Name);
    if (next?.value === Value) {
      continue;
    }
    const [user] = importersOf(others, Name);
    if (user) {
      throw validationError(`Export ${Name} cannot be ${next ? 'updated' : 'deleted'} as it is in use by ${user}`);
    }
  }
}

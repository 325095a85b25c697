import { validationError } from '../errors.ts';
import type { OutputDefinition, ParameterDefinition, ResourceDefinition, RuleDefinition } from './definitions.ts';
import { isObject } from './plain-object.ts';
import { templateLimits } from './template-limits.ts';

/** A part of a template, by the names of its members. */
export type Section = Readonly<Record<string, unknown>>;

const parameterMembers = new Set([
  ...['Type', 'Default', 'AllowedValues', 'AllowedPattern', 'ConstraintDescription', 'Description'],
  ...['MinLength', 'MaxLength', 'MinValue', 'MaxValue', 'NoEcho'],
]);
const resourceMembers = new Set([
  ...['Type', 'Properties', 'DependsOn', 'Condition', 'Metadata', 'DeletionPolicy', 'UpdateReplacePolicy'],
  ...['CreationPolicy', 'UpdatePolicy'],
]);
const outputMembers = new Set(['Value', 'Description', 'Condition', 'Export']);
const policies = new Set(['Delete', 'Retain', 'RetainExceptOnCreate']);
/** The members of a section, each held against what its kind may have. @throws ValidationError */
export function section<T>(
  document: Section,
  name: string,
  read: (id: string, value: unknown) => T,
): ReadonlyMap<string, T> {
  const members = document[name] ?? {};
  if (!isObject(members)) {
    throw formatError(`[/${name}] must be an object.`);
  }
  return new Map(
    Object.entries(members).map(([id, value]) => {
      if (name !== 'Mappings' && name !== 'Conditions' && !/^[A-Za-z0-9]{1,255}$/.test(id)) {
        throw formatError(`${name} name ${id} is non alphanumeric.`);
      }
      return [id, read(id, value)];
    }),
  );
}

/** What the value of a parameter's member must be where it is no string. */
const shapes: Readonly<Record<string, string>> = { AllowedValues: 'a list of strings' };

function isScalar(value: unknown): boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}

export function asParameter(id: string, value: unknown): ParameterDefinition {
  const definition = member('Parameters', id, value, parameterMembers, 'parameter');
  if (typeof definition['Type'] !== 'string') {
    throw formatError(`[/Parameters/${id}] Every Parameters object must contain a Type member.`);
  }
  for (const [name, value] of Object.entries(definition)) {
    const fits = name === 'AllowedValues' ? Array.isArray(value) && value.every(isScalar) : isScalar(value);
    if (!fits) {
      throw formatError(`[/Parameters/${id}] Every ${name} value must be ${shapes[name] ?? 'a string'}.`);
    }
  }
  if (definition['AllowedPattern'] !== undefined && typeof definition['AllowedPattern'] !== 'string') {
    throw formatError(`[/Parameters/${id}] Every AllowedPattern value must be a string.`);
  }
  return definition as unknown as ParameterDefinition;
}

export function asRule(id: string, value: unknown): RuleDefinition {
  const definition = member('Rules', id, value, new Set(['RuleCondition', 'Assertions']), 'rule');
  const assertions = definition['Assertions'];
  if (!Array.isArray(assertions) || !assertions.every(isObject)) {
    throw formatError(`[/Rules/${id}] Every Rules object must contain an Assertions list.`);
  }
  return definition as unknown as RuleDefinition;
}

export function asMapping(id: string, value: unknown): Record<string, Record<string, unknown>> {
  if (!isObject(value) || !Object.values(value).every(isObject)) {
    throw formatError(`Every Mappings attribute must be a map of maps: ${id}.`);
  }
  const { length } = Object.keys(value);
  if (length > templateLimits.mappingAttributes) {
    throw formatError(
      `Number of attributes for mapping ${id}, ${length}, is greater than maximum allowed, ${templateLimits.mappingAttributes}`,
    );
  }
  return value as Record<string, Record<string, unknown>>;
}

export function asResource(id: string, value: unknown): ResourceDefinition {
  const definition = member('Resources', id, value, resourceMembers, 'resource');
  if (typeof definition['Type'] !== 'string') {
    throw formatError(`[/Resources/${id}] Every Resources object must contain a Type member.`);
  }
  if (definition['Properties'] !== undefined && !isObject(definition['Properties'])) {
    throw formatError(`[/Resources/${id}/Properties] Every Properties member must be an object.`);
  }
  assertDependsOn(id, definition['DependsOn']);
  assertCondition('Resources', id, definition['Condition']);
  for (const name of ['DeletionPolicy', 'UpdateReplacePolicy']) {
    const policy = definition[name];
    if (policy === 'Snapshot') {
      throw validationError(
        `Template error: resource type ${definition['Type']} does not support deletion policy Snapshot`,
      );
    }
    if (policy !== undefined && !(typeof policy === 'string' && policies.has(policy))) {
      throw formatError(`[/Resources/${id}/${name}] Unrecognized ${name} ${JSON.stringify(policy)}`);
    }
  }
  return definition as unknown as ResourceDefinition;
}

function assertDependsOn(id: string, names: unknown): void {
  if (names === undefined || typeof names === 'string') {
    return;
  }
  if (!Array.isArray(names)) {
    throw formatError(`[/Resources/${id}/DependsOn] DependsOn must be a string or list of strings.`);
  }
  if (names.every((name) => typeof name === 'string')) {
    return;
  }
  throw formatError(`[/Resources/${id}/DependsOn] Every DependsOn value must be a string.`);
}

function assertCondition(name: string, id: string, condition: unknown): void {
  if (condition === undefined || typeof condition === 'string') {
    return;
  }
  throw formatError(`[/${name}/${id}/Condition] Every Condition member must be a string.`);
}

export function asOutput(id: string, value: unknown): OutputDefinition {
  const definition = member('Outputs', id, value, outputMembers, 'output');
  if (definition['Value'] === undefined || definition['Value'] === null) {
    throw formatError(`[/Outputs/${id}] Every Outputs member must contain a Value object`);
  }
  assertCondition('Outputs', id, definition['Condition']);
  const exported = definition['Export'];
  if (exported !== undefined && (!isObject(exported) || exported['Name'] === undefined)) {
    throw formatError(`[/Outputs/${id}/Export] Every Export must contain a Name.`);
  }
  return definition as unknown as OutputDefinition;
}

function member(name: string, id: string, value: unknown, known: ReadonlySet<string>, kind: string): Section {
  if (!isObject(value)) {
    throw formatError(`[/${name}/${id}] Every ${name} member must be an object.`);
  }
  refuseUnknown(value, known, `[/${name}/${id}] Invalid template ${kind} property`);
  return value;
}

export function refuseUnknown(value: Section, known: ReadonlySet<string>, message: string): void {
  const unknown = Object.keys(value).filter((key) => !known.has(key));
  if (unknown.length > 0) {
    throw formatError(`${message} [${unknown.join(', ')}]`);
  }
}

export const formatError = (message: string) => validationError(`Template format error: ${message}`);

import { validationError } from '../errors.ts';
import { type GivenParameter, withoutLoops } from './loops.ts';
import { isObject } from './plain-object.ts';
import { assertCount, templateLimits } from './template-limits.ts';
import { readTemplateText } from './template-text.ts';

export { isObject } from './plain-object.ts';

/** A template, read and held against "Template sections" of the CloudFormation User Guide. */
export interface Template {
  /** The text as it was given. */
  readonly body: string;
  /** What the text says, in plain values. */
  readonly document: unknown;
  readonly description: string | undefined;
  readonly metadata: unknown;
  readonly transforms: readonly string[];
  readonly parameters: ReadonlyMap<string, ParameterDefinition>;
  readonly rules: ReadonlyMap<string, RuleDefinition>;
  readonly mappings: ReadonlyMap<string, Record<string, Record<string, unknown>>>;
  readonly conditions: ReadonlyMap<string, unknown>;
  readonly resources: ReadonlyMap<string, ResourceDefinition>;
  readonly outputs: ReadonlyMap<string, OutputDefinition>;
}

export interface ParameterDefinition {
  readonly Type: string;
  readonly Default?: string | number | boolean;
  readonly AllowedValues?: readonly (string | number | boolean)[];
  readonly AllowedPattern?: string;
  readonly ConstraintDescription?: string;
  readonly Description?: string;
  readonly MinLength?: number | string;
  readonly MaxLength?: number | string;
  readonly MinValue?: number | string;
  readonly MaxValue?: number | string;
  readonly NoEcho?: boolean | string;
}

export interface RuleDefinition {
  readonly RuleCondition?: unknown;
  readonly Assertions: readonly { readonly Assert: unknown; readonly AssertDescription?: string }[];
}

export type DeletionPolicy = 'Delete' | 'Retain' | 'RetainExceptOnCreate';

export interface ResourceDefinition {
  readonly Type: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
  readonly DependsOn?: string | readonly string[];
  readonly Condition?: string;
  readonly Metadata?: unknown;
  readonly DeletionPolicy?: DeletionPolicy;
  readonly UpdateReplacePolicy?: DeletionPolicy;
}

export interface OutputDefinition {
  readonly Value: unknown;
  readonly Description?: unknown;
  readonly Condition?: string;
  readonly Export?: { readonly Name: unknown };
}

const sections = new Set([
  ...['AWSTemplateFormatVersion', 'Description', 'Metadata', 'Parameters', 'Rules', 'Mappings', 'Conditions'],
  ...['Transform', 'Resources', 'Outputs'],
]);
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
/** The transform that writes out loops; the functions that it adds are always understood. */
const languageExtensions = 'AWS::LanguageExtensions';
const servedTransforms = new Set([languageExtensions]);

type Section = Readonly<Record<string, unknown>>;

/**
 * Reads a template; a section, member or type of value that does not belong there is a `ValidationError` by name.
 * @param text what the body says, read by {@link readTemplate} where it may be large
 * @param given the parameters that a request gives, for loops over them
 */
export function parseTemplate(
  body: string,
  text: unknown = readTemplateText(body),
  given: GivenParameter = () => undefined,
): Template {
  if (!isObject(text)) {
    throw formatError('unsupported structure.');
  }
  const transforms = transformsOf(text['Transform']);
  const document = transforms.includes(languageExtensions) ? withoutLoops(text, orDefault(text, given)) : text;
  refuseNull(document, '');
  refuseUnknown(document, sections, 'Invalid template property or properties');
  const version = document['AWSTemplateFormatVersion'];
  if (version !== undefined && version !== '2010-09-09') {
    throw formatError(`AWSTemplateFormatVersion value is not valid: ${JSON.stringify(version)}`);
  }
  const description = document['Description'];
  if (description !== undefined && typeof description !== 'string') {
    throw formatError('Description must be a string.');
  }
  if (Buffer.byteLength(description ?? '') > templateLimits.description) {
    throw formatError(`'Description' length is greater than ${templateLimits.description}.`);
  }
  const resources = section(document, 'Resources', asResource);
  if (resources.size === 0) {
    throw formatError('At least one Resources member must be defined.');
  }
  const parameters = section(document, 'Parameters', asParameter);
  const mappings = section(document, 'Mappings', asMapping);
  const outputs = section(document, 'Outputs', asOutput);
  assertCount('resources', resources.size);
  assertCount('parameters', parameters.size);
  assertCount('mappings', mappings.size);
  assertCount('outputs', outputs.size);
  return {
    body,
    document,
    description,
    metadata: document['Metadata'],
    transforms,
    parameters,
    rules: section(document, 'Rules', asRule),
    mappings,
    conditions: section(document, 'Conditions', (_, value) => value),
    resources,
    outputs,
  };
}

/** A parameter that is not given has its default. */
function orDefault(document: Section, given: GivenParameter): GivenParameter {
  return (name) => {
    const { [name]: definition } = Object(document['Parameters']) as Section;
    const { Default } = Object(definition) as { Default?: unknown };
    return given(name) ?? (typeof Default === 'string' ? Default : undefined);
  };
}

function section<T>(document: Section, name: string, read: (id: string, value: unknown) => T): ReadonlyMap<string, T> {
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

function asParameter(id: string, value: unknown): ParameterDefinition {
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

function asRule(id: string, value: unknown): RuleDefinition {
  const definition = member('Rules', id, value, new Set(['RuleCondition', 'Assertions']), 'rule');
  const assertions = definition['Assertions'];
  if (!Array.isArray(assertions) || !assertions.every(isObject)) {
    throw formatError(`[/Rules/${id}] Every Rules object must contain an Assertions list.`);
  }
  return definition as unknown as RuleDefinition;
}

function asMapping(id: string, value: unknown): Record<string, Record<string, unknown>> {
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

function asResource(id: string, value: unknown): ResourceDefinition {
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
  for (const name of ['CreationPolicy', 'UpdatePolicy']) {
    if (definition[name] !== undefined) {
      throw formatError(`[/Resources/${id}/${name}] ${name} is not served by this endpoint.`);
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

function asOutput(id: string, value: unknown): OutputDefinition {
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

function refuseNull(value: unknown, at: string): void {
  if (value === null) {
    throw formatError(`[${at}] 'null' values are not allowed in templates`);
  }
  if (typeof value !== 'object') {
    return;
  }
  for (const [name, element] of Object.entries(value)) {
    refuseNull(element, `${at}/${name}`);
  }
}

function member(name: string, id: string, value: unknown, known: ReadonlySet<string>, kind: string): Section {
  if (!isObject(value)) {
    throw formatError(`[/${name}/${id}] Every ${name} member must be an object.`);
  }
  refuseUnknown(value, known, `[/${name}/${id}] Invalid template ${kind} property`);
  return value;
}

function refuseUnknown(value: Section, known: ReadonlySet<string>, message: string): void {
  const unknown = Object.keys(value).filter((key) => !known.has(key));
  if (unknown.length > 0) {
    throw formatError(`${message} [${unknown.join(', ')}]`);
  }
}

function transformsOf(value: unknown): string[] {
  const transforms = Array.isArray(value) ? value : value === undefined ? [] : [value];
  if (!transforms.every((transform) => typeof transform === 'string')) {
    throw formatError('Every Transform value must be a string.');
  }
  const unknown = transforms.filter((transform) => !servedTransforms.has(transform));
  if (unknown.length > 0) {
    throw validationError(`Transform ${unknown.join(', ')} is not served by this endpoint.`);
  }
  return transforms;
}

const formatError = (message: string) => validationError(`Template format error: ${message}`);

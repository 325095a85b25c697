import type { OutputDefinition, ParameterDefinition, ResourceDefinition, RuleDefinition } from './definitions.ts';
import { type GivenParameter, withoutLoops } from './loops.ts';
import { isObject } from './plain-object.ts';
import {
  asMapping,
  asOutput,
  asParameter,
  asResource,
  asRule,
  formatError,
  refuseUnknown,
  type Section,
  section,
} from './sections.ts';
import { assertCount, templateLimits } from './template-limits.ts';
import { readTemplateText } from './template-text.ts';

export type { OutputDefinition, ParameterDefinition, ResourceDefinition, RuleDefinition } from './definitions.ts';
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
  /** What it asks for, beside types and properties, that is not served: a stack of it is refused with all of it. */
  readonly unserved: readonly string[];
  readonly parameters: ReadonlyMap<string, ParameterDefinition>;
  readonly rules: ReadonlyMap<string, RuleDefinition>;
  readonly mappings: ReadonlyMap<string, Record<string, Record<string, unknown>>>;
  readonly conditions: ReadonlyMap<string, unknown>;
  readonly resources: ReadonlyMap<string, ResourceDefinition>;
  readonly outputs: ReadonlyMap<string, OutputDefinition>;
}

const sections = new Set([
  ...['AWSTemplateFormatVersion', 'Description', 'Metadata', 'Parameters', 'Rules', 'Mappings', 'Conditions'],
  ...['Transform', 'Resources', 'Outputs'],
]);
/** The transform that writes out loops; the functions that it adds are always understood. */
const languageExtensions = 'AWS::LanguageExtensions';
const servedTransforms = new Set([languageExtensions]);

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
  const unknown = transforms.filter((transform) => !servedTransforms.has(transform));
  // A macro may have sections of its own.
  if (unknown.length === 0) {
    refuseUnknown(document, sections, 'Invalid template property or properties');
  }
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
    unserved: [
      ...unknown.map((transform) => `Transform ${transform} is not served by this endpoint.`),
      ...[...resources].flatMap(([id, definition]) => unservedPolicies(id, definition)),
    ],
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

function transformsOf(value: unknown): string[] {
  const transforms = Array.isArray(value) ? value : value === undefined ? [] : [value];
  if (!transforms.every((transform) => typeof transform === 'string')) {
    throw formatError('Every Transform value must be a string.');
  }
  return transforms;
}

/** A policy that would have a stack wait for signals. */
const unservedPolicies = (id: string, { CreationPolicy }: ResourceDefinition): string[] =>
  CreationPolicy === undefined
    ? []
    : [`Template format error: [/Resources/${id}/CreationPolicy] CreationPolicy is not served by this endpoint.`];

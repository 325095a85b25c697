import type { Parameter } from '@aws-sdk/client-cloudformation';
import { LinearRegex, UnsupportedRegexError } from '../../../wire/linear-regex.ts';
import { validationError } from '../errors.ts';
import type { ParameterDefinition } from './template.ts';
import { templateLimits } from './template-limits.ts';

/** A parameter of a stack with its value. */
export interface ParameterValue {
  /** As it was given: for a parameter of an SSM type, the name of the SSM parameter. */
  readonly given: string;
  /** What `Ref` gives. */
  readonly value: string | readonly string[];
  /** What the SSM parameter held, where the type is `AWS::SSM::Parameter::Value<...>`. */
  readonly resolved: string | undefined;
  readonly noEcho: boolean;
}

export type ParameterValues = ReadonlyMap<string, ParameterValue>;

/** What the patterns of a template may cost together, in steps of {@link LinearRegex}: half a second at their slowest. */
const patternsCost = 25_000_000;

interface Allowance {
  left: number;
}

/** What stands in answers for a value that must not be shown. */
export const hiddenValue = '****';

const ssmValue = /^AWS::SSM::Parameter::Value<(.+)>$/;
const scalar = /^(String|Number|AWS::SSM::Parameter::Name|AWS::EC2::[\w:]+|AWS::Route53::HostedZone::Id)$/;
const listPattern = /^(CommaDelimitedList|List<(String|Number|AWS::EC2::[\w:]+|AWS::Route53::HostedZone::Id)>)$/;

/**
 * The values of a template's parameters: as given, as before (`UsePreviousValue`), or by default.
 * One that is missing, unknown or not allowed is a `ValidationError` that names it.
 */
export function resolveParameters(
  definitions: ReadonlyMap<string, ParameterDefinition>,
  given: readonly Parameter[],
  previous: ParameterValues | undefined,
  getParameter: (name: string) => string | undefined,
): ParameterValues {
  const unknown = given.map(({ ParameterKey }) => ParameterKey ?? '').filter((key) => !definitions.has(key));
  if (unknown.length > 0) {
    throw validationError(`Parameters: [${unknown.join(', ')}] do not exist in the template`);
  }
  const texts = new Map<string, string | undefined>();
  for (const [key, definition] of definitions) {
    const parameter = given.find(({ ParameterKey }) => ParameterKey === key);
    const text = parameter?.UsePreviousValue ? previous?.get(key)?.given : parameter?.ParameterValue;
    texts.set(key, text ?? (definition.Default === undefined ? undefined : String(definition.Default)));
  }
  const missing = [...texts].filter(([, text]) => text === undefined).map(([key]) => key);
  if (missing.length > 0) {
    throw validationError(`Parameters: [${missing.join(', ')}] must have values`);
  }
  const allowance = { left: patternsCost };
  return new Map(
    [...definitions].map(([key, definition]) => [
      key,
      parameterValue(key, definition, texts.get(key) ?? '', getParameter, allowance),
    ]),
  );
}

function parameterValue(
  key: string,
  definition: ParameterDefinition,
  given: string,
  getParameter: (name: string) => string | undefined,
  allowance: Allowance,
): ParameterValue {
  const inner = ssmValue.exec(definition.Type)?.[1];
  const type = inner ?? definition.Type;
  const resolved = inner === undefined ? undefined : getParameter(given);
  if (inner !== undefined && resolved === undefined) {
    throw validationError(`Unable to fetch parameters [${given}] from parameter store for this account.`);
  }
  const text = resolved ?? given;
  const list = listPattern.test(type);
  if (!list && !scalar.test(type)) {
    throw validationError(`Template format error: Unrecognized parameter type: ${definition.Type}`);
  }
  const items = list ? (text === '' ? [''] : text.split(',').map((item) => item.trim())) : [text];
  if (Buffer.byteLength(given) > templateLimits.parameterValue) {
    throw validationError(`Parameter '${key}' must contain at most ${templateLimits.parameterValue} characters`);
  }
  for (const item of items) {
    check(key, definition, type, item, allowance);
  }
  const noEcho = definition.NoEcho === true || definition.NoEcho === 'true';
  return { given, value: list ? items : text, resolved, noEcho };
}

function check(key: string, definition: ParameterDefinition, type: string, text: string, allowance: Allowance): void {
  const problem = problemOf(definition, type, text, allowance);
  if (!problem) {
    return;
  }
  throw validationError(
    definition.ConstraintDescription
      ? `Parameter ${key} failed to satisfy constraint: ${definition.ConstraintDescription}`
      : `Parameter '${key}' ${problem}`,
  );
}

function problemOf(
  definition: ParameterDefinition,
  type: string,
  text: string,
  allowance: Allowance,
): string | undefined {
  const { AllowedValues, AllowedPattern, MinLength, MaxLength, MinValue, MaxValue } = definition;
  if (AllowedValues && !AllowedValues.some((allowed) => String(allowed) === text)) {
    return 'must be one of AllowedValues';
  }
  if (AllowedPattern !== undefined && !matches(AllowedPattern, text, allowance)) {
    return `must match pattern ${AllowedPattern}`;
  }
  if (MinLength !== undefined && text.length < Number(MinLength)) {
    return `must contain at least ${MinLength} characters`;
  }
  if (MaxLength !== undefined && text.length > Number(MaxLength)) {
    return `must contain at most ${MaxLength} characters`;
  }
  if (!type.includes('Number')) {
    return undefined;
  }
  if (text.trim() === '' || Number.isNaN(Number(text))) {
    return 'must be a number';
  }
  if (MinValue !== undefined && Number(text) < Number(MinValue)) {
    return `must be a number not less than ${MinValue}`;
  }
  if (MaxValue !== undefined && Number(text) > Number(MaxValue)) {
    return `must be a number not greater than ${MaxValue}`;
  }
  return undefined;
}

/**
 * Whether all of a value matches an `AllowedPattern`. AWS takes the syntax of Java; what {@link LinearRegex} lacks of it is a
 * `ValidationError` that says so, as no pattern may be skipped in silence.
 */
function matches(pattern: string, text: string, allowance: Allowance): boolean {
  try {
    const regex = new LinearRegex(pattern);
    allowance.left -= regex.costOf(text);
    if (allowance.left < 0) {
      throw new UnsupportedRegexError('the patterns of the template are too complex together');
    }
    return regex.matches(text);
  } catch (error) {
    if (!(error instanceof UnsupportedRegexError)) {
      throw error;
    }
    throw validationError(
      `Template format error: the AllowedPattern ${pattern.slice(0, 1000)} is not served by this endpoint: ${error.message}.`,
    );
  }
}

/** Parameters as the API lists them. */
export function describeParameters(values: ParameterValues): Parameter[] {
  return [...values].map(([ParameterKey, { given, resolved, noEcho }]) => ({
    ParameterKey,
    ParameterValue: noEcho ? hiddenValue : given,
    ...(resolved !== undefined && { ResolvedValue: noEcho ? hiddenValue : resolved }),
  }));
}

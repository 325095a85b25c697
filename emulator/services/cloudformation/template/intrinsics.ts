import { splitText } from '../../../wire/text-search.ts';
import { validationError } from '../errors.ts';
import { assertTextSize, replaceWithin, spend } from './allowance.ts';
import { cidrBlocks } from './cidr.ts';
import {
  attributeOf,
  type Intrinsic,
  intrinsicOf,
  splitVariable,
  substitutionOf,
  variablePattern,
} from './references.ts';
import { textOf } from './scalar.ts';
import { isObject } from './template.ts';

/** What names mean at one place of one template in one stack. */
export interface Scope {
  /** A parameter's value, or a resource's physical id. */
  ref(name: string): unknown;
  attribute(logicalId: string, attribute: string): unknown;
  condition(name: string): boolean;
  mapping(name: string): Readonly<Record<string, Readonly<Record<string, unknown>>>> | undefined;
  importValue(exportName: string): string;
  availabilityZones(region: string): readonly string[];
  /** The value of an SSM parameter, for `{{resolve:ssm:name}}`. */
  parameterStore(name: string): string;
  /** A text in which host names that AWS would make of IDs are those that answer here. */
  addressesIn(text: string): string;
}

/** Stands, while a change set is made, for what only its execution will tell. */
export const knownAfterApply = '{{changeSet:KNOWN_AFTER_APPLY}}';

const noValue = Symbol('AWS::NoValue');

/**
 * A value of a template with its intrinsic functions resolved, as "Intrinsic function reference" has them.
 * What resolves to `AWS::NoValue` is left out; at the very top that is undefined. References to SSM parameters are
 * resolved, too; those to secrets stay for the moment a provider is called, so that no secret is kept in a stack.
 */
export function resolve(value: unknown, scope: Scope): unknown {
  const resolved = evaluate(value, scope);
  return resolved === noValue ? undefined : resolved;
}

function evaluate(value: unknown, scope: Scope): unknown {
  if (typeof value === 'string') {
    return resolveParameterStore(value, scope);
  }
  if (Array.isArray(value)) {
    return value.map((item) => evaluate(item, scope)).filter((item) => item !== noValue);
  }
  if (!isObject(value)) {
    return value;
  }
  const call = intrinsicOf(value);
  if (call) {
    return apply(call, scope);
  }
  const entries: [string, unknown][] = [];
  for (const [name, member] of Object.entries(value)) {
    if (name.startsWith('Fn::')) {
      throw templateError(`${name} must be the only member of its object.`);
    }
    const resolved = evaluate(member, scope);
    if (resolved !== noValue) {
      entries.push([name, resolved]);
    }
  }
  return Object.fromEntries(entries);
}

function apply({ name, argument }: Intrinsic, scope: Scope): unknown {
  const lazy = Object.hasOwn(lazyFunctions, name) ? lazyFunctions[name] : undefined;
  if (lazy) {
    return spend(scope, name, lazy(argument, scope));
  }
  const strict = Object.hasOwn(strictFunctions, name) ? strictFunctions[name] : undefined;
  if (!strict) {
    throw templateError(`${name} is not served by this endpoint.`);
  }
  const resolved = evaluate(argument, scope);
  return spend(scope, name, isUnknown(resolved) ? knownAfterApply : strict(resolved, scope));
}

/** Functions that look at their argument before it is resolved, or can do with a part that is not known yet. */
const lazyFunctions: Readonly<Record<string, (argument: unknown, scope: Scope) => unknown>> = {
  Ref: (name, scope) => (name === 'AWS::NoValue' ? noValue : scope.ref(textOf(name, 'Ref'))),
  'Fn::GetAtt': (argument, scope) => {
    const [logicalId, attribute] = attributeOf(argument);
    return scope.attribute(logicalId, textOf(evaluate(attribute, scope), 'Fn::GetAtt'));
  },
  'Fn::If': (argument, scope) => {
    const [name, whenTrue, whenFalse] = listOf(argument, 'Fn::If', 3);
    return evaluate(scope.condition(textOf(name, 'Fn::If')) ? whenTrue : whenFalse, scope);
  },
  'Fn::Sub': (argument, scope) => {
    const [text, variables] = substitutionOf(argument);
    // A variable is resolved once, however often it is used.
    const values = new Map<string, string>();
    const substituted = replaceWithin('Fn::Sub', text, variablePattern, (literal = '', variable = '') => {
      if (literal) {
        return `\${${variable}}`;
      }
      const name = variable.trim();
      const value = values.get(name) ?? substitute(name, variables, scope);
      values.set(name, value);
      return value;
    });
    return scope.addressesIn(resolveParameterStore(substituted, scope));
  },
  'Fn::Join': (argument, scope) => {
    const [separator, items] = listOf(evaluate(argument, scope), 'Fn::Join', 2);
    if (items === knownAfterApply) {
      return knownAfterApply;
    }
    const texts = listOf(items, 'Fn::Join').map((item) => textOf(item, 'Fn::Join'));
    const between = textOf(separator, 'Fn::Join');
    const length = texts.reduce((sum, text) => sum + text.length + between.length, 0);
    assertTextSize('Fn::Join', length - between.length);
    return scope.addressesIn(resolveParameterStore(texts.join(between), scope));
  },
};

function substitute(name: string, variables: Readonly<Record<string, unknown>>, scope: Scope): string {
  if (Object.hasOwn(variables, name)) {
    return textOf(evaluate(variables[name], scope), 'Fn::Sub');
  }
  const [logicalId, attribute] = splitVariable(name);
  return textOf(attribute === undefined ? scope.ref(name) : scope.attribute(logicalId, attribute), 'Fn::Sub');
}

/** Functions of resolved arguments. */
const strictFunctions: Readonly<Record<string, (argument: unknown, scope: Scope) => unknown>> = {
  'Fn::Base64': (argument) => Buffer.from(textOf(argument, 'Fn::Base64')).toString('base64'),
  'Fn::Split': (argument) => {
    const [separator, text] = listOf(argument, 'Fn::Split', 2);
    return splitText(textOf(text, 'Fn::Split'), textOf(separator, 'Fn::Split'));
  },
  'Fn::Select': (argument) => {
    const [index, items] = listOf(argument, 'Fn::Select', 2);
    const selected = listOf(items, 'Fn::Select')[Number(index)];
    if (selected === undefined) {
      throw templateError(`Fn::Select cannot select nonexistent value at index ${index}`);
    }
    return selected;
  },
  'Fn::FindInMap': (argument, scope) => {
    const [map, first, second, options] = listOf(argument, 'Fn::FindInMap');
    const [top, key] = [textOf(first, 'Fn::FindInMap'), textOf(second, 'Fn::FindInMap')];
    const found = ownMember(ownMember(scope.mapping(textOf(map, 'Fn::FindInMap')), top), key);
    if (found !== undefined) {
      return found;
    }
    if (isObject(options) && 'DefaultValue' in options) {
      return options['DefaultValue'];
    }
    throw templateError(`Unable to get mapping for ${map}::${first}::${second}`);
  },
  'Fn::ImportValue': (argument, scope) => scope.importValue(textOf(argument, 'Fn::ImportValue')),
  'Fn::GetAZs': (argument, scope) => scope.availabilityZones(textOf(argument, 'Fn::GetAZs')),
  'Fn::Cidr': (argument) => {
    const [block, count, bits] = listOf(argument, 'Fn::Cidr', 3);
    return cidrBlocks(textOf(block, 'Fn::Cidr'), Number(count), Number(bits));
  },
  'Fn::Length': (argument) => listOf(argument, 'Fn::Length').length,
  'Fn::ToJsonString': (argument) => JSON.stringify(argument),
};

/** The functions in a value that are not served, by their names. */
export function unservedFunctions(value: unknown): string[] {
  if (Array.isArray(value)) {
    return value.flatMap(unservedFunctions);
  }
  if (!isObject(value)) {
    return [];
  }
  const call = intrinsicOf(value);
  const isServed = !call || Object.hasOwn(lazyFunctions, call.name) || Object.hasOwn(strictFunctions, call.name);
  return [...(isServed ? [] : [call.name]), ...Object.values(value).flatMap(unservedFunctions)];
}

/** A member by the name that a template gives, which may be that of something each object inherits. */
function ownMember<T>(of: Readonly<Record<string, T>> | undefined, name: string): T | undefined {
  return of && Object.hasOwn(of, name) ? of[name] : undefined;
}

const parameterStore = /\{\{resolve:ssm:([\w./-]+(?::\d+)?)\}\}/g;

function resolveParameterStore(text: string, scope: Scope): string {
  if (!text.includes('{{resolve:ssm:')) {
    return text;
  }
  return replaceWithin('a reference to Parameter Store', text, parameterStore, (name = '') =>
    scope.parameterStore(name),
  );
}

/** Whether any part of a resolved value is only known once a change set has been executed. */
export function isUnknown(value: unknown): boolean {
  if (typeof value === 'string') {
    return value.includes(knownAfterApply);
  }
  if (Array.isArray(value)) {
    return value.some(isUnknown);
  }
  return isObject(value) && Object.values(value).some(isUnknown);
}

/** The list that a function asks for, of a certain length where one is given. */
export function listOf(value: unknown, name: string, length?: number): readonly unknown[] {
  if (!Array.isArray(value) || (length !== undefined && value.length !== length)) {
    throw templateError(
      length === undefined
        ? `${name} requires a list.`
        : `every ${name} object requires a list of ${length} parameters.`,
    );
  }
  return value;
}

const templateError = (message: string) => validationError(`Template error: ${message}`);

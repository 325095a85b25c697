import type { MessageAttributeValue } from '@aws-sdk/client-sns';
import { type EventPattern, type PatternDialect, readEventPattern } from '../../wire/event-pattern/event-pattern.ts';
import { InvalidPattern } from '../../wire/event-pattern/invalid-pattern.ts';
import { operatorNames } from '../../wire/event-pattern/match-expression.ts';
import { invalidParameter } from './errors.ts';
import { isObject, parsedJson } from './json.ts';

export type FilterPolicyScope = 'MessageAttributes' | 'MessageBody';

/** Of a message, what a filter policy may be about. */
export interface Filterable {
  readonly body: string;
  readonly attributes: Readonly<Record<string, MessageAttributeValue>>;
}

/** Whether a subscription wants a message. */
export type FilterPolicy = (message: Filterable) => boolean;

const maxKeys = 5;
const maxCombinations = 150;
const maxBytes = 256 * 1024;

const dialect: PatternDialect = { operators: operatorNames, mayBeEmpty: true, orIsReserved: false };

/**
 * Reads the filter policy of a subscription, which is EventBridge's pattern language over the attributes of a message or over its
 * body. Source: SNS Developer Guide, "Amazon SNS subscription filter policies", "Filter policy constraints in Amazon SNS".
 * @throws InvalidParameterException
 */
export function readFilterPolicy(text: string, scope: FilterPolicyScope): FilterPolicy {
  const matches = patternOf(text);
  assertWithinLimits(text, scope);
  if (scope === 'MessageAttributes') {
    return ({ attributes }) => matches(valuesOf(attributes));
  }
  return ({ body }) => {
    const parsed = parsedJson(body);
    return isObject(parsed) && matches(parsed);
  };
}

function patternOf(text: string): EventPattern {
  try {
    return readEventPattern(text, dialect);
  } catch (error) {
    throw error instanceof InvalidPattern ? refused(error.message) : error;
  }
}

function assertWithinLimits(text: string, scope: FilterPolicyScope): void {
  const policy = JSON.parse(text) as Readonly<Record<string, unknown>>;
  if (scope === 'MessageAttributes' && hasNested(policy)) {
    throw refused('Filter policy scope MessageAttributes does not support nested filter policy');
  }
  if (keysOf(policy).size > maxKeys) {
    throw refused(`Filter policy can not have more than ${maxKeys} keys`);
  }
  if (Buffer.byteLength(text) > maxBytes || combinationsOf(policy, scope === 'MessageBody' ? 1 : 0) > maxCombinations) {
    throw refused('Filter policy is too complex');
  }
}

const refused = (reason: string) => invalidParameter(`FilterPolicy: ${reason}`);

const alternativesOf = (name: string, value: unknown): readonly Readonly<Record<string, unknown>>[] =>
  name === '$or' && Array.isArray(value) ? value.filter(isObject) : [];

function hasNested(policy: Readonly<Record<string, unknown>>): boolean {
  return Object.entries(policy).some(([name, value]) => isObject(value) || alternativesOf(name, value).some(hasNested));
}

function keysOf(policy: Readonly<Record<string, unknown>>, at = ''): Set<string> {
  const keys = Object.entries(policy).flatMap(([name, value]) => {
    const alternatives = alternativesOf(name, value);
    if (alternatives.length > 0) {
      return alternatives.flatMap((one) => [...keysOf(one, at)]);
    }
    return isObject(value) ? [...keysOf(value, `${at}${name}.`)] : [`${at}${name}`];
  });
  return new Set(keys);
}

/** The values of each key, multiplied; in a body also with the level at which the key is. Alternatives are added. */
function combinationsOf(policy: Readonly<Record<string, unknown>>, level: number): number {
  return Object.entries(policy).reduce((product, [name, value]) => {
    const alternatives = alternativesOf(name, value);
    if (alternatives.length > 0) {
      return product * alternatives.reduce((sum, one) => sum + combinationsOf(one, level), 0);
    }
    if (isObject(value)) {
      return product * combinationsOf(value, level && level + 1);
    }
    return product * [value].flat().length * Math.max(1, level);
  }, 1);
}

/** Attributes as a policy sees them: text, numbers, and lists of them. Bytes are not looked at. */
function valuesOf(attributes: Filterable['attributes']): object {
  const seen = Object.entries(attributes).filter(([, { DataType }]) => !DataType?.startsWith('Binary'));
  return Object.fromEntries(seen.map(([name, value]) => [name, attributeValue(value)]));
}

function attributeValue({ DataType = '', StringValue = '' }: MessageAttributeValue): unknown {
  if (DataType.startsWith('Number')) {
    return Number(StringValue);
  }
  if (!DataType.startsWith('String.Array')) {
    return StringValue;
  }
  const list = parsedJson(StringValue);
  return Array.isArray(list) ? (list as unknown[]) : [];
}

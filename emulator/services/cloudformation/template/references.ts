import { isObject } from './plain-object.ts';
import { textOf } from './scalar.ts';

/** What a value of a template refers to. */
export interface ReferenceVisitor {
  /** `Ref` (no attribute), `Fn::GetAtt`, or a variable of `Fn::Sub`. */
  reference?(name: string, attribute: string | undefined): void;
  /** The condition of an `Fn::If`. Answers which branch to follow: undefined for both. */
  condition?(name: string): boolean | undefined;
  importValue?(name: unknown): void;
}

/** Walks a value, resolved or not, and reports what it refers to. */
export function visitReferences(value: unknown, visitor: ReferenceVisitor): void {
  if (Array.isArray(value)) {
    for (const item of value) {
      visitReferences(item, visitor);
    }
    return;
  }
  if (!isObject(value)) {
    return;
  }
  const call = intrinsicOf(value);
  const special = call && Object.hasOwn(visitors, call.name) ? visitors[call.name] : undefined;
  if (call && special) {
    special(call.argument, visitor);
  } else {
    for (const member of Object.values(value)) {
      visitReferences(member, visitor);
    }
  }
}

/** The call of an intrinsic function that an object of one member is, or undefined. */
export function intrinsicOf(value: Readonly<Record<string, unknown>>): Intrinsic | undefined {
  const [name, ...others] = Object.keys(value);
  if (name === undefined || others.length > 0 || (name !== 'Ref' && !name.startsWith('Fn::'))) {
    return undefined;
  }
  return { name, argument: value[name] };
}

export interface Intrinsic {
  readonly name: string;
  readonly argument: unknown;
}

const visitors: Readonly<Record<string, (argument: unknown, visitor: ReferenceVisitor) => void>> = {
  Ref: (argument, visitor) => visitor.reference?.(textOf(argument, 'Ref'), undefined),
  'Fn::GetAtt': (argument, visitor) => {
    const [name, attribute] = attributeOf(argument);
    visitor.reference?.(name, typeof attribute === 'string' ? attribute : '');
    visitReferences(attribute, visitor);
  },
  'Fn::Sub': (argument, visitor) => {
    const [text, variables] = substitutionOf(argument);
    for (const name of variablesOf(text)) {
      if (!Object.hasOwn(variables, name)) {
        visitor.reference?.(...splitVariable(name));
      }
    }
    visitReferences(variables, visitor);
  },
  'Fn::If': (argument, visitor) => {
    const [name, whenTrue, whenFalse] = Array.isArray(argument) ? argument : [];
    const branch = visitor.condition?.(textOf(name, 'Fn::If'));
    if (branch !== false) {
      visitReferences(whenTrue, visitor);
    }
    if (branch !== true) {
      visitReferences(whenFalse, visitor);
    }
  },
  'Fn::ImportValue': (argument, visitor) => {
    visitor.importValue?.(argument);
    visitReferences(argument, visitor);
  },
};

/** The two arguments of `Fn::GetAtt`, written as a list or as `Resource.Attribute`. */
export function attributeOf(argument: unknown): [logicalId: string, attribute: unknown] {
  if (Array.isArray(argument)) {
    const [name, ...rest] = argument as unknown[];
    const names = rest.length > 1 ? rest.map((one) => textOf(one, 'Fn::GetAtt')).join('.') : rest[0];
    return [textOf(name, 'Fn::GetAtt'), names];
  }
  const [name, attribute] = splitVariable(textOf(argument, 'Fn::GetAtt'));
  return [name, attribute];
}

/** The text of `Fn::Sub` and the variables that it brings along. */
export function substitutionOf(argument: unknown): [text: string, variables: Readonly<Record<string, unknown>>] {
  const [text, variables] = Array.isArray(argument) ? (argument as unknown[]) : [argument];
  return [textOf(text, 'Fn::Sub'), isObject(variables) ? variables : {}];
}

/** `${Name}` in a text of `Fn::Sub`; `${!Name}` stands for itself. */
export const variablePattern = /\$\{(!?)([^{}]*)\}/g;

function variablesOf(text: string): string[] {
  return [...text.matchAll(variablePattern)].filter(([, literal]) => !literal).map(([, , name]) => (name ?? '').trim());
}

/** `Resource.Attribute`, or a name alone. */
export function splitVariable(name: string): [name: string, attribute: string | undefined] {
  const dot = name.indexOf('.');
  return dot === -1 ? [name, undefined] : [name.slice(0, dot), name.slice(dot + 1)];
}

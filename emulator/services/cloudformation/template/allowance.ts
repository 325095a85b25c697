import { validationError } from '../errors.ts';
import { isObject } from './plain-object.ts';
import { templateLimits } from './template-limits.ts';

/**
 * What the functions of a template may make, for each scope in which they are resolved: no text longer than a template, and
 * of all texts and list items together no more than {@link templateLimits.resolved}. Without it a template of 2 kB, in
 * which each `Fn::Sub` doubles the one within it, is a text of gigabytes.
 */
const spent = new WeakMap<object, number>();

/** Counts what a function made. @throws ValidationError where that is too much */
export function spend<Value>(scope: object, name: string, made: Value): Value {
  assertTextSize(name, typeof made === 'string' ? made.length : 0);
  const total = (spent.get(scope) ?? 0) + sizeOf(made);
  spent.set(scope, total);
  if (total > templateLimits.resolved) {
    throw validationError(
      `Template error: the functions of the template resolve to more than ${templateLimits.resolved} bytes.`,
    );
  }
  return made;
}

/** To be asked before a text is made. @throws ValidationError past 1 MB */
export function assertTextSize(name: string, length: number): void {
  if (length <= templateLimits.object) {
    return;
  }
  throw validationError(`Template error: ${name} resolves to more than ${templateLimits.object} bytes.`);
}

/** Replaces what a pattern finds, and stops where the text grows too long. */
export function replaceWithin(
  name: string,
  text: string,
  pattern: RegExp,
  replacement: (...groups: string[]) => string,
): string {
  let { length } = text;
  return text.replace(pattern, (match: string, ...groups: string[]) => {
    const replaced = replacement(...groups);
    length += replaced.length - match.length;
    assertTextSize(name, length);
    return replaced;
  });
}

function sizeOf(value: unknown): number {
  if (typeof value === 'string') {
    return value.length;
  }
  if (Array.isArray(value)) {
    return value.reduce<number>((sum, item) => sum + 8 + sizeOf(item), 0);
  }
  return isObject(value) ? Object.values(value).reduce<number>((sum, member) => sum + 8 + sizeOf(member), 0) : 1;
}

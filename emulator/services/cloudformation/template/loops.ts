import { validationError } from '../errors.ts';
import { replaceWithin } from './allowance.ts';
import { isObject } from './plain-object.ts';
import { intrinsicOf } from './references.ts';
import { templateLimits } from './template-limits.ts';

/** The value of a parameter, by its name, as far as it is known before the template is read. */
export type GivenParameter = (name: string) => string | undefined;

const loopKey = /^Fn::ForEach::([a-zA-Z0-9]+)$/;
/** What a text costs beside its length: many short ones take as long as a few long ones. */
const eachText = 100;
/** Source: "Fn::ForEach", considerations: how deep loops nest. */
const mostLevels = 5;

type Members = Readonly<Record<string, unknown>>;

/**
 * Writes out the loops of a template with the transform `AWS::LanguageExtensions`. Source: CloudFormation User Guide, "Fn::ForEach". A
 * collection is a list of texts, or a parameter that is one. @throws ValidationError
 */
export function withoutLoops(document: Members, given: GivenParameter): Members {
  return new Loops(given).expanded(document, 0) as Members;
}

class Loops {
  readonly #given: GivenParameter;
  /** Bytes of what was written out. */
  #size = 0;

  constructor(given: GivenParameter) {
    this.#given = given;
  }

  expanded(value: unknown, level: number): unknown {
    if (Array.isArray(value)) {
      return value.map((item) => this.expanded(item, level));
    }
    if (!isObject(value)) {
      return value;
    }
    const members = Object.entries(value).flatMap(([name, member]) => {
      const loop = loopKey.exec(name)?.[1];
      return loop === undefined ? [[name, this.expanded(member, level)] as const] : this.#loop(loop, member, level + 1);
    });
    const names = new Set<string>();
    for (const [name] of members) {
      if (names.has(name)) {
        throw refused(`${name} is there more than once`);
      }
      names.add(name);
    }
    return Object.fromEntries(members);
  }

  #loop(name: string, argument: unknown, level: number): (readonly [string, unknown])[] {
    const [identifier, collection, body] = Array.isArray(argument) ? (argument as unknown[]) : [];
    if (typeof identifier !== 'string' || !isObject(body) || (argument as unknown[]).length !== 3) {
      throw refused(`Fn::ForEach::${name} requires an identifier, a collection and a template fragment`);
    }
    if (level > mostLevels) {
      throw refused(`loops nest deeper than ${mostLevels} levels`);
    }
    return this.#itemsOf(name, collection).flatMap((item) => {
      const written = this.#written(body, identifier, item) as Members;
      return Object.entries(this.expanded(written, level) as Members);
    });
  }

  #itemsOf(name: string, collection: unknown): string[] {
    const call = isObject(collection) ? intrinsicOf(collection) : undefined;
    const items =
      call?.name === 'Ref' && typeof call.argument === 'string'
        ? this.#given(call.argument)
            ?.split(',')
            .map((item) => item.trim())
        : collection;
    if (!Array.isArray(items) || !items.every((item): item is string => typeof item === 'string')) {
      throw refused(`the collection of Fn::ForEach::${name} must be a list of texts, or a parameter that is one`);
    }
    return items;
  }

  /** A fragment in which the identifier is an item: as `${Identifier}`, as `&{Identifier}` without what no name may have, and by Ref. */
  #written(value: unknown, identifier: string, item: string): unknown {
    if (typeof value === 'string') {
      return this.#text(value, identifier, item);
    }
    if (Array.isArray(value)) {
      return value.map((one) => this.#written(one, identifier, item));
    }
    if (!isObject(value)) {
      return value;
    }
    const call = intrinsicOf(value);
    if (call?.name === 'Ref' && call.argument === identifier) {
      return item;
    }
    return Object.fromEntries(
      Object.entries(value).map(([name, member]) => [
        this.#text(name, identifier, item),
        this.#written(member, identifier, item),
      ]),
    );
  }

  #text(text: string, identifier: string, item: string): string {
    this.#size += text.length + item.length + eachText;
    if (this.#size > templateLimits.resolved) {
      throw refused(`what loops write out is more than ${templateLimits.resolved} bytes`);
    }
    if (!text.includes(`{${identifier}}`)) {
      return text;
    }
    return replaceWithin('Fn::ForEach', text, /([$&])\{([a-zA-Z0-9]+)\}/g, (sign = '', name = '') =>
      name !== identifier ? `${sign}{${name}}` : sign === '&' ? item.replaceAll(/[^a-zA-Z0-9]/g, '') : item,
    );
  }
}

const refused = (reason: string) =>
  validationError(`Transform AWS::LanguageExtensions failed with: ${reason}. Rollback requested by user.`);

import conditionParser from 'dynalite/db/conditionParser.js';
import projectionParser from 'dynalite/db/projectionParser.js';
import updateParser from 'dynalite/db/updateParser.js';
import { BoundedMap } from '../../../wire/bounded-map.ts';
import { parseCondition } from './condition-groups.ts';
import { ExpressionTemplate } from './expression-template.ts';
import type { Context, Parse } from './parse.ts';

interface Known {
  readonly template: ExpressionTemplate;
  readonly names: readonly string[];
  readonly values: readonly string[];
}

/** Expressions of each kind, and characters of the text and the names of one. */
const maxKnown = 1000;
const maxKeyLength = 8192;

/** Of all that is said of values, these alone look at more than their types when they are parsed. */
const looksAtValues = /between|attribute_type/i;

/**
 * Makes dynalite parse an expression once: programs send the same few with other values each time. What an expression becomes
 * depends on its text, the names, and the types of the values.
 */
conditionParser.parse = parsedOnce(parseCondition);
projectionParser.parse = parsedOnce(projectionParser.parse as Parse);
updateParser.parse = parsedOnce(updateParser.parse as Parse);

export function parsedOnce(parse: Parse): Parse {
  const cache = new BoundedMap<Known>(maxKnown);
  return (text, { context }) => {
    const key = looksAtValues.test(text) ? undefined : keyOf(text, context);
    if (key === undefined) {
      return parse(text, { context });
    }
    let known = cache.get(key);
    if (!known) {
      const parsed = learn(parse, text, context);
      if (typeof parsed === 'string') {
        return parsed;
      }
      known = parsed;
      cache.set(key, known);
    }
    for (const name of known.names) {
      delete context.unusedAttrNames[name];
    }
    for (const name of known.values) {
      delete context.unusedAttrVals[name];
    }
    return known.template.fill(context.attrVals ?? {});
  };
}

/** Parses an expression as if it were the request's only one, to see which names and values are its own. */
function learn(parse: Parse, text: string, context: Context): Known | string {
  const { attrNames = {}, attrVals = {} } = context;
  const [unusedAttrNames, unusedAttrVals] = [allOf(attrNames), allOf(attrVals)];
  const parsed = parse(text, { context: { ...context, unusedAttrNames, unusedAttrVals } });
  if (typeof parsed === 'string') {
    return parsed;
  }
  return {
    template: new ExpressionTemplate(parsed, attrVals),
    names: Object.keys(attrNames).filter((name) => !(name in unusedAttrNames)),
    values: Object.keys(attrVals).filter((name) => !(name in unusedAttrVals)),
  };
}

const allOf = (named: object): Record<string, true> =>
  Object.fromEntries(Object.keys(named).map((name) => [name, true as const]));

/** Undefined where an expression is so long that it is not kept. The names of values are words: they were checked before. */
function keyOf(text: string, { attrNames, attrVals }: Context): string | undefined {
  let key = JSON.stringify(attrNames) ?? '';
  for (const name in attrVals) {
    key += ` ${name}`;
    for (const type in attrVals[name]) {
      key += `=${type}`;
    }
  }
  return key.length + text.length > maxKeyLength ? undefined : `${key} ${text}`;
}

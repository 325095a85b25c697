import conditionParser from 'dynalite/db/conditionParser.js';
import type { Context, Parse } from './parse.ts';

interface Parsed {
  readonly expression: unknown;
  readonly nestedPaths: Readonly<Record<string, true>>;
  readonly pathHeads: Readonly<Record<string, true>>;
}

const parseFlat = conditionParser.parse as Parse<Parsed>;

/** Words after which a parenthesis begins a group; after any other it begins the arguments of a function. */
const beforeGroup = new Set(['AND', 'OR', 'NOT', 'BETWEEN', '']);
/** Parentheses within the arguments of a function: no function takes another but `size`, which takes none. */
const maxCalls = 3;
const tokenPattern = /[()]|[\w#:.[\]]+|\s+|./gs;
/** An operand, which may stand in parentheses as well as a condition. */
const operand = /^\s*(?:\w+\s*\([^()]*\)|[\w#:.[\]]+)\s*$/;
const operandInParentheses = /^\s*\([^()]*\)\s*$/;
const redundant = 'The expression has redundant parentheses;';

/** What stands in a text for a group that has been parsed: a condition on an attribute that no item has. */
const placeholder = (index: number): string => ` attribute_exists(#group${index}group) `;
const placeholderPattern = /^\s*attribute_exists\(#group\d+group\)\s*$/;
const attributeOf = (index: number): string => `group ${index} of the expression`;
const attribute = /^group (\d+) of the expression$/;

/**
 * Has dynalite parse a condition group by group, the innermost first. Its own parser tries each parenthesis in several ways, and
 * what is within it again for each: `((((((a` takes seconds, and each parenthesis more four times as long.
 */
export const parseCondition: Parse<Parsed> = (text, { context }) => new GroupedCondition(context).parse(text);

class GroupedCondition {
  readonly #context: Context;
  readonly #names: Record<string, string>;
  readonly #groups: Parsed[] = [];
  /** The texts of the groups that are open, the outermost first. */
  readonly #open = [''];
  /** The last word; empty where the last token was none. */
  #word = '';
  /** Parentheses that are open within a group, of functions and lists. */
  #calls = 0;

  constructor(context: Context) {
    this.#names = Object.create(context.attrNames ?? null);
    this.#context = { ...context, attrNames: this.#names };
  }

  parse(text: string): Parsed | string {
    for (const [token] of text.matchAll(tokenPattern)) {
      const problem = this.#take(token);
      if (problem !== undefined) {
        return problem;
      }
      if (token.trim() !== '') {
        this.#word = /^[\w)]/.test(token) ? token.toUpperCase() : '';
      }
    }
    if (this.#open.length > 1 || this.#calls > 0) {
      throw unbalanced('<EOF>');
    }
    return this.#parsed(this.#open[0] ?? '');
  }

  /** Returns what is wrong with what has been read, if anything is. */
  #take(token: string): string | undefined {
    if (token === ')' && this.#calls === 0) {
      return this.#close();
    }
    if (token === '(' && this.#calls === 0 && beforeGroup.has(this.#word)) {
      this.#open.push('');
      return undefined;
    }
    if (token === '(') {
      this.#calls++;
    }
    if (token === ')') {
      this.#calls--;
    }
    this.#append(token);
    return this.#calls > maxCalls ? redundant : undefined;
  }

  #append(text: string): void {
    this.#open.push(`${this.#open.pop() ?? ''}${text}`);
  }

  /** Parses the group that ends here. Answers what is wrong with it, if anything is. */
  #close(): string | undefined {
    const inner = this.#open.pop() ?? '';
    if (this.#open.length === 0) {
      throw unbalanced(')');
    }
    if (placeholderPattern.test(inner) || operandInParentheses.test(inner)) {
      return redundant;
    }
    if (operand.test(inner)) {
      this.#append(`(${inner})`);
      return undefined;
    }
    const parsed = this.#parsed(inner);
    if (typeof parsed === 'string') {
      return parsed;
    }
    const index = this.#groups.push(parsed) - 1;
    this.#names[`#group${index}group`] = attributeOf(index);
    this.#append(placeholder(index));
    return undefined;
  }

  /** Parses what has no groups any more, and puts those in again that it had. */
  #parsed(text: string): Parsed | string {
    const parsed = parseFlat(text, { context: this.#context });
    if (typeof parsed === 'string') {
      return parsed;
    }
    const used: Parsed[] = [];
    const expression = this.#withGroups(parsed.expression, used);
    const heads = Object.entries(parsed.pathHeads).filter(([name]) => !attribute.test(name));
    return {
      expression,
      nestedPaths: Object.assign(parsed.nestedPaths, ...used.map(({ nestedPaths }) => nestedPaths)),
      pathHeads: Object.assign(Object.fromEntries(heads), ...used.map(({ pathHeads }) => pathHeads)),
    };
  }

  #withGroups(node: unknown, used: Parsed[]): unknown {
    if (typeof node !== 'object' || node === null || Array.isArray(node) || !('args' in node)) {
      return node;
    }
    const args = node.args as unknown[];
    const [path] = args;
    const index = Array.isArray(path) ? attribute.exec(String(path[0]))?.[1] : undefined;
    const group = this.#groups[Number(index)];
    if (!group) {
      return Object.assign(node, { args: args.map((argument) => this.#withGroups(argument, used)) });
    }
    used.push(group);
    return group.expression;
  }
}

function unbalanced(token: string): SyntaxError {
  return new SyntaxError(`Expected balanced parentheses but "${token}" found.`);
}

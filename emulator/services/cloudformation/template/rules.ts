import { validationError } from '../errors.ts';
import { conditionFunctions, holds, type Predicate } from './conditions.ts';
import { listOf, resolve, type Scope } from './intrinsics.ts';
import { textOf } from './scalar.ts';
import type { RuleDefinition } from './template.ts';

/** "Rule functions" of the CloudFormation template reference; those over VPCs and other live values are not served. */
const ruleFunctions: Readonly<Record<string, Predicate>> = {
  ...conditionFunctions,
  'Fn::Contains': (argument, scope) => {
    const [list, value] = listOf(argument, 'Fn::Contains', 2);
    return textsOf(list, scope).includes(textOf(resolve(value, scope), 'A rule function'));
  },
  'Fn::EachMemberEquals': (argument, scope) => {
    const [list, value] = listOf(argument, 'Fn::EachMemberEquals', 2);
    const expected = textOf(resolve(value, scope), 'A rule function');
    return textsOf(list, scope).every((text) => text === expected);
  },
  'Fn::EachMemberIn': (argument, scope) => {
    const [list, allowed] = listOf(argument, 'Fn::EachMemberIn', 2);
    const texts = new Set(textsOf(allowed, scope));
    return textsOf(list, scope).every((text) => texts.has(text));
  },
};

/** Holds parameters against the template's rules; the first assertion that fails is a `ValidationError`. */
export function assertRules(rules: ReadonlyMap<string, RuleDefinition>, scope: Scope): void {
  for (const [name, rule] of rules) {
    if (rule.RuleCondition !== undefined && !holds(rule.RuleCondition, scope, ruleFunctions)) {
      continue;
    }
    for (const { Assert, AssertDescription } of rule.Assertions) {
      if (holds(Assert, scope, ruleFunctions)) {
        continue;
      }
      throw validationError(`Rule ${name}: ${AssertDescription ?? `the assertion ${JSON.stringify(Assert)} failed.`}`);
    }
  }
}

const textsOf = (list: unknown, scope: Scope): string[] =>
  listOf(resolve(list, scope), 'A rule function').map((item) => textOf(item, 'A rule function'));

import { UserError } from '../../terminal/command-line.ts';
import { type Scenario, scenarios } from './scenarios.ts';

/** Leaves a command that was called in a way that makes no sense. */
export const badInput = 2;

/** Scenarios by name, in the order in which they are always run; all of them where none is named. */
export function scenariosNamed(names: readonly string[]): readonly Scenario[] {
  const unknown = names.find((name) => !scenarios.some((scenario) => scenario.name === name));
  if (unknown !== undefined) {
    const known = scenarios.map(({ name }) => name).join(', ');
    throw new UserError(`There is no scenario "${unknown}": there are ${known}. Name none for all of them.`, badInput);
  }
  return names.length === 0 ? scenarios : scenarios.filter(({ name }) => names.includes(name));
}

/** All that a comparison measured is one file of JSON, and in memory until then. */
const mostCustomers = 30_000;

/** @throws UserError where more customers would come than can be kept account of */
export function checkCustomers({ rate, seconds }: { readonly rate: number; readonly seconds: number }): void {
  if (rate * seconds <= mostCustomers) {
    return;
  }
  const all = `${rate} customers a second for ${seconds} s are more than ${mostCustomers}`;
  throw new UserError(`${all}, which is the most. Lower --rate or --seconds.`, badInput);
}

/** Environment variables that a function needs and does not have, or that hold what cannot be. */
export class InvalidEnvironment extends Error {
  override readonly name = 'InvalidEnvironment';
}

/**
 * Reads the environment variables of a contract, once, when a function starts.
 *
 * @param contract - Names of variables, by what they mean to the function.
 * @throws InvalidEnvironment that names every variable that is missing or empty.
 */
export function readEnvironment<const Contract extends Readonly<Record<string, string>>>(
  contract: Contract,
  environment: Readonly<Record<string, string | undefined>>,
): { readonly [Meaning in keyof Contract]: string } {
  const missing = Object.values(contract).filter((variable) => !environment[variable]);
  if (missing.length > 0) {
    throw new InvalidEnvironment(`Environment variables that are not set: ${missing.join(', ')}`);
  }
  const values = Object.entries(contract).map(([meaning, variable]) => [meaning, environment[variable] ?? ''] as const);
  return Object.fromEntries(values) as { readonly [Meaning in keyof Contract]: string };
}

/**
 * The whole number that an environment variable holds.
 *
 * @throws InvalidEnvironment that names the variable.
 */
export function wholeNumber(variable: string, value: string, least: number): number {
  const number = Number(value);
  if (!/^\d+$/.test(value) || !Number.isSafeInteger(number) || number < least) {
    throw new InvalidEnvironment(`${variable} must be a whole number of ${least} or more, and is "${value}"`);
  }
  return number;
}

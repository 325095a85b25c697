import { SSMProvider } from '@aws-lambda-powertools/parameters/ssm';
import type { SSMClient } from '@aws-sdk/client-ssm';
import type { OvenTime } from '../domain/ports.ts';

/** Seconds for which a value is used before it is fetched again: how long turning the oven takes to show. */
const maxAge = 5;

const longestMs = 60_000;

/** An oven time that is set to something other than a whole number of milliseconds, from 0 to a minute. */
export class InvalidOvenTime extends Error {
  override readonly name = 'InvalidOvenTime';

  constructor(parameter: string, value: string) {
    super(`Parameter ${parameter} is "${value}", and not a whole number of milliseconds from 0 to ${longestMs}`);
  }
}

/** The oven time in a parameter of SSM, read while the factory runs. */
export class OvenTimeParameter implements OvenTime {
  readonly #provider: SSMProvider;
  readonly #parameter: string;

  constructor(client: SSMClient, parameter: string) {
    this.#provider = new SSMProvider({ awsSdkV3Client: client });
    this.#parameter = parameter;
  }

  /** @throws InvalidOvenTime */
  async milliseconds(): Promise<number> {
    const value = (await this.#provider.get(this.#parameter, { maxAge, throwOnMissing: true })).trim();
    const milliseconds = Number(value);
    if (!/^\d+$/.test(value) || milliseconds > longestMs) {
      throw new InvalidOvenTime(this.#parameter, value);
    }
    return milliseconds;
  }
}

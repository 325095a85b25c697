import { SSMProvider } from '@aws-lambda-powertools/parameters/ssm';
import type { SSMClient } from '@aws-sdk/client-ssm';
import type { OvenTime } from '../domain/ports.ts';

/** Seconds for which a value is used before it is fetched again: how long turning the oven takes to show. */
const maxAge = 5;

/** An oven time that is set to something other than a whole number of milliseconds, from 0 to the most there is time for. */
export class InvalidOvenTime extends Error {
  override readonly name = 'InvalidOvenTime';

  constructor(parameter: string, value: string, longestMs: number) {
    super(`Parameter ${parameter} is "${value}", and not a whole number of milliseconds from 0 to ${longestMs}`);
  }
}

/** The oven time in a parameter of SSM, read while the factory runs. */
export class OvenTimeParameter implements OvenTime {
  readonly #provider: SSMProvider;
  readonly #parameter: string;
  readonly #longestMs: number;

  /** @param longestMs - The longest time that the caller can wait for one cookie. @default 60000 */
  constructor(client: SSMClient, parameter: string, longestMs = 60_000) {
    this.#provider = new SSMProvider({ awsSdkV3Client: client });
    this.#parameter = parameter;
    this.#longestMs = longestMs;
  }

  /** @throws InvalidOvenTime */
  async milliseconds(): Promise<number> {
    const value = (await this.#provider.get(this.#parameter, { maxAge, throwOnMissing: true })).trim();
    const milliseconds = Number(value);
    if (!/^\d+$/.test(value) || milliseconds > this.#longestMs) {
      throw new InvalidOvenTime(this.#parameter, value, this.#longestMs);
    }
    return milliseconds;
  }
}

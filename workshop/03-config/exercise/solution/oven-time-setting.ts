import { GetParameterCommand, type SSMClient } from '@aws-sdk/client-ssm';
import type { OvenTime } from '../../../../functions/domain/ports.ts';

const maxAgeMs = 5_000;

/**
 * The oven time in a parameter of SSM, read while the factory runs. `GetParameterCommand` fetches it. A value is used for
 * five seconds before it is fetched again: a call for every order costs money, and a value that is kept for ever is
 * no setting. One that is no whole number of milliseconds is an error, which names the parameter.
 *
 * @param parameter - Its name, which the environment tells.
 */
export function ovenTimeSetting(ssm: SSMClient, parameter: string): OvenTime {
  let fetched: { readonly milliseconds: number; readonly at: number } | undefined;
  return {
    milliseconds: async () => {
      if (fetched === undefined || performance.now() - fetched.at >= maxAgeMs) {
        const { Parameter } = await ssm.send(new GetParameterCommand({ Name: parameter }));
        const value = Parameter?.Value ?? '';
        if (!/^\d+$/.test(value)) {
          throw new Error(`Parameter ${parameter} is "${value}", and not a whole number of milliseconds`);
        }
        fetched = { milliseconds: Number(value), at: performance.now() };
      }
      return fetched.milliseconds;
    },
  };
}

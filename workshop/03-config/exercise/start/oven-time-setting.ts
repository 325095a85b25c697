import type { SSMClient } from '@aws-sdk/client-ssm';
import type { OvenTime } from '../../../../functions/domain/ports.ts';

/**
 * The oven time in a parameter of SSM, read while the factory runs. `GetParameterCommand` fetches it. A value is used for
 * five seconds before it is fetched again: a call for every order costs money, and a value that is kept for ever is
 * no setting. One that is no whole number of milliseconds is an error, which names the parameter.
 *
 * @param _parameter - Its name, which the environment tells.
 */
export function ovenTimeSetting(_ssm: SSMClient, _parameter: string): OvenTime {
  throw new Error('TODO: return an OvenTime that fetches the parameter, at most every five seconds');
}

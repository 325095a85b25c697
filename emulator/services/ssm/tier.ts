import type * as ssm from '@aws-sdk/client-ssm';
import { validationException } from './errors.ts';

/** The tier that a parameter is in; `Intelligent-Tiering` chooses one of them. */
export type Tier = Exclude<ssm.ParameterTier, 'Intelligent-Tiering'>;

/** Largest values in bytes. */
const standardLimit = 4096;
const advancedLimit = 8192;

const guide = 'https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-advanced-parameters.html';

/**
 * The tier of a value that is being put. See "Managing parameter tiers".
 * @throws ValidationException where the value is too large for it, or the parameter would fall back to the lower tier
 */
export function checkTier(
  { Tier, Value = '' }: Pick<ssm.PutParameterRequest, 'Tier' | 'Value'>,
  previous: Tier | undefined,
): Tier {
  const bytes = Buffer.byteLength(Value);
  if (bytes === 0) {
    throw validationException(
      "1 validation error detected: Value '' at 'value' failed to satisfy constraint: Member must have length greater than or equal to 1.",
    );
  }
  const tier = chooseTier(Tier, bytes, previous);
  if (tier === 'Standard' && previous === 'Advanced') {
    throw validationException(
      `This parameter uses the advanced-parameter tier. You can't downgrade a parameter from the advanced-parameter tier to the standard-parameter tier. If necessary, you can delete the advanced parameter and recreate it as a standard parameter. For more information, see ${guide}`,
    );
  }
  if (tier === 'Standard' && bytes > standardLimit) {
    throw validationException(
      `Standard tier parameters support a maximum parameter value of ${standardLimit} characters. To create a larger parameter value, upgrade the parameter to use the advanced-parameter tier. For more information, see ${guide}`,
    );
  }
  if (bytes > advancedLimit) {
    throw validationException(
      `Advanced tier parameters support a maximum parameter value of ${advancedLimit} characters.`,
    );
  }
  return tier;
}

function chooseTier(requested: ssm.ParameterTier | undefined, bytes: number, previous: Tier | undefined): Tier {
  switch (requested) {
    case 'Standard':
    case 'Advanced':
      return requested;
    case 'Intelligent-Tiering':
      return bytes > standardLimit ? 'Advanced' : (previous ?? 'Standard');
    case undefined:
      return previous ?? 'Standard';
  }
}

import * as ssm from '@aws-sdk/client-ssm';
import { AwsError, arn, type Region } from '../../wire/operation.ts';
import { validationException } from './errors.ts';

/** Longest name in characters, together with the ARN before it. */
const maxArnLength = 1011;
const maxLevels = 15;

/** A parameter's ARN: its name with one slash before it. */
export function parameterArn(region: Region, name: string): string {
  return arn(region, 'ssm', `parameter/${name.replace(/^\//, '')}`);
}

/**
 * Holds the name of a new parameter against the rules of "Creating Parameter Store parameters".
 * @throws ValidationException, HierarchyLevelLimitExceededException, AccessDeniedException of `/aws/...`
 */
export function checkName(region: Region, name: string): void {
  if (!/^[A-Za-z0-9._/-]+$/.test(name) || /\/\/|\/$/.test(name)) {
    throw invalidName('"ssm"');
  }
  if (name.includes('/') && !name.startsWith('/')) {
    throw validationException('Parameter name must be a fully qualified name.');
  }
  checkReserved(name);
  if (name.split('/').length - 1 > maxLevels) {
    throw new ssm.HierarchyLevelLimitExceededException({
      message: `A hierarchy can have a maximum of ${maxLevels} levels. For more information, see Requirements and constraints for parameter names in the AWS Systems Manager User Guide.`,
      $metadata: {},
    });
  }
  if (parameterArn(region, name).length > maxArnLength) {
    throw validationException(`The parameter name is too long: with its ARN it exceeds ${maxArnLength} characters.`);
  }
}

function checkReserved(name: string): void {
  const first = name.replace(/^\//, '').toLowerCase();
  if (first.startsWith('ssm')) {
    throw invalidName('"ssm"');
  }
  if (!first.startsWith('aws')) {
    return;
  }
  if (name.lastIndexOf('/') > 0) {
    throw new AwsError('AccessDeniedException', `No access to reserved parameter name: ${name}.`);
  }
  throw invalidName('"aws" or "ssm"');
}

function invalidName(reserved: string): AwsError {
  return validationException(
    `Parameter name: can't be prefixed with ${reserved} (case-insensitive). If formed as a path, it can consist of sub-paths divided by slash symbol; each sub-path can be formed as a mix of letters, numbers and the following 3 symbols .-_`,
  );
}

/** Which parameter a request means, and which of its versions. */
export interface ParameterReference {
  /** A name or an ARN. */
  readonly id: string;
  /** `:3` or `:label`, as an answer repeats it; undefined for the latest version. */
  readonly selector: string | undefined;
}

/** Reads `name`, `name:version`, `name:label`, or an ARN with either. See "Working with parameter versions". */
export function parseReference(reference: string): ParameterReference {
  const [, id = reference, selector] = /^((?:arn:[^:]*:ssm:[^:]*:[^:]*:)?[^:]+)(:.*)?$/.exec(reference) ?? [];
  return { id, selector };
}

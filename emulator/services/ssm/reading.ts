import type * as ssm from '@aws-sdk/client-ssm';
import type { Handlers } from '../../wire/operation.ts';
import { atMostTenNames, validationException } from './errors.ts';
import { pageOf, pageOfPath } from './paging.ts';
import { ciphertext, type Parameter, type ParameterVersion } from './parameter.ts';
import { isBelow, legacyFilter, parameterFilter } from './parameter-filter.ts';
import { parameterArn, parseReference } from './parameter-name.ts';
import type { Parameters } from './parameters.ts';

/** The operations that read values and what is known of them. */
export function readingOperations(parameters: Parameters) {
  const shown = (reference: string, decrypt: boolean | undefined): ssm.Parameter => {
    const { id, selector } = parseReference(reference);
    const parameter = parameters.get(id);
    const found = parameterOf(parameters, parameter, parameter.select(selector), decrypt);
    return selector === undefined ? found : { ...found, Selector: selector };
  };

  return {
    GetParameter: ({ Name, WithDecryption }) => ({ Parameter: shown(Name ?? '', WithDecryption) }),

    GetParameters: ({ Names = [], WithDecryption }) => {
      atMostTenNames(Names);
      const Parameters: ssm.Parameter[] = [];
      const InvalidParameters: string[] = [];
      for (const name of new Set(Names)) {
        const { id, selector } = parseReference(name);
        const known = parameters.find(id)?.versions.some(isSelectedBy(selector));
        if (known) {
          Parameters.push(shown(name, WithDecryption));
        } else {
          InvalidParameters.push(name);
        }
      }
      return { Parameters, InvalidParameters };
    },

    GetParametersByPath: (input) => {
      const { Path = '', Recursive = false, ParameterFilters = [], WithDecryption } = input;
      checkPath(Path);
      const filters = ParameterFilters.map(parameterFilter);
      const found = parameters
        .sorted()
        .filter((one) => isBelow(one.name, Path, Recursive) && filters.every((matches) => matches(one)));
      const { items, ...next } = pageOfPath(found, nameOf, input);
      return {
        Parameters: items.map((one) => parameterOf(parameters, one, one.select(undefined), WithDecryption)),
        ...next,
      };
    },

    DescribeParameters: ({ Filters = [], ParameterFilters = [], ...page }) => {
      const filters = [...Filters.map(legacyFilter), ...ParameterFilters.map(parameterFilter)];
      const found = parameters.sorted().filter((one) => filters.every((matches) => matches(one)));
      const { items, ...next } = pageOf(found, nameOf, page);
      return { Parameters: items.map((one) => metadataOf(parameters, one, one.select(undefined))), ...next };
    },

    GetParameterHistory: ({ Name = '', WithDecryption, ...page }) => {
      const parameter = parameters.get(Name);
      const { items, ...next } = pageOf(parameter.versions, ({ version }) => String(version).padStart(9, '0'), page);
      const Parameters = items.map((version) => {
        const { ARN: _arn, ...metadata } = metadataOf(parameters, parameter, version);
        return { ...metadata, Value: shownValue(version, WithDecryption), Labels: [...version.labels] };
      });
      return { Parameters, ...next };
    },
  } satisfies Handlers<typeof ssm>;
}

const nameOf = ({ name }: Parameter): string => name;

const isSelectedBy =
  (selector: string | undefined) =>
  ({ version, labels }: ParameterVersion): boolean =>
    selector === undefined || selector === `:${version}` || labels.has(selector.slice(1));

function checkPath(path: string): void {
  if (path.startsWith('/') && /^[A-Za-z0-9._/-]+$/.test(path)) {
    return;
  }
  throw validationException(
    'The parameter doesn\'t meet the parameter name requirements. The parameter name must begin with a forward slash "/". It can\'t be prefixed with "aws" or "ssm" (case-insensitive). It must use only letters, numbers, or the following symbols: . (period), - (hyphen), _ (underscore). Special characters are not allowed. All sub-paths, if specified, must use the forward slash symbol "/". Valid example: /get/parameters2-/by1./path0_.',
  );
}

function shownValue(version: ParameterVersion, decrypt = false): string {
  return version.type === 'SecureString' && !decrypt ? ciphertext(version) : version.value;
}

function parameterOf(
  parameters: Parameters,
  { name }: Parameter,
  version: ParameterVersion,
  decrypt: boolean | undefined,
): ssm.Parameter {
  return {
    Name: name,
    Type: version.type,
    Value: shownValue(version, decrypt),
    Version: version.version,
    LastModifiedDate: version.modified,
    ARN: parameterArn(parameters.region, name),
    DataType: version.dataType,
  };
}

function metadataOf(parameters: Parameters, { name }: Parameter, version: ParameterVersion): ssm.ParameterMetadata {
  return {
    Name: name,
    ARN: parameterArn(parameters.region, name),
    Type: version.type,
    ...(version.keyId !== undefined && { KeyId: version.keyId }),
    LastModifiedDate: version.modified,
    LastModifiedUser: version.modifiedBy,
    ...(version.description !== undefined && { Description: version.description }),
    ...(version.allowedPattern !== undefined && { AllowedPattern: version.allowedPattern }),
    Version: version.version,
    Tier: version.tier,
    Policies: [],
    DataType: version.dataType,
  };
}

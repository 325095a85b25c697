import type * as lambda from '@aws-sdk/client-lambda';
import type { AliasRoutingConfiguration } from '@aws-sdk/client-lambda';
import type { Handlers } from '../../../wire/operation.ts';
import { conflict, invalidParameter, invalidValue } from '../errors.ts';
import { pageOf } from '../paging.ts';
import { checkRevision, describeAlias, type LambdaFunction, latestVersion, newRevisionId } from './function.ts';
import { parseFunctionName } from './function-name.ts';
import type { Functions } from './functions.ts';

/** Aliases: names for versions, that may share their traffic between two. */
export function aliasOperations(functions: Functions) {
  const ownerOf = (functionName: string | undefined): LambdaFunction => functions.get(parseFunctionName(functionName));
  return {
    CreateAlias: (input) => {
      const owner = ownerOf(input.FunctionName);
      const name = input.Name ?? '';
      if (!/^(?!\d+$)[\w-]{1,128}$/.test(name)) {
        throw invalidValue(
          'name',
          name,
          'Member must satisfy regular expression pattern: (?!^[0-9]+$)([a-zA-Z0-9-_]+)',
        );
      }
      const { version } = owner.version(input.FunctionVersion ?? '');
      if (owner.aliases.has(name)) {
        throw conflict(`Alias already exists: ${owner.qualifiedArn(name)}`);
      }
      const weights = weightsOf(owner, version, input.RoutingConfig);
      const alias = { name, version, description: input.Description ?? '', weights, revisionId: newRevisionId() };
      owner.aliases.set(name, alias);
      return describeAlias(owner, alias);
    },
    UpdateAlias: (input) => {
      const owner = ownerOf(input.FunctionName);
      const before = owner.alias(input.Name ?? '');
      checkRevision(input.RevisionId, before.revisionId);
      const { version } = owner.version(input.FunctionVersion ?? before.version);
      const alias = {
        ...before,
        version,
        description: input.Description ?? before.description,
        weights: input.RoutingConfig ? weightsOf(owner, version, input.RoutingConfig) : before.weights,
        revisionId: newRevisionId(),
      };
      owner.aliases.set(alias.name, alias);
      return describeAlias(owner, alias);
    },
    GetAlias: ({ FunctionName, Name }) => {
      const owner = ownerOf(FunctionName);
      return describeAlias(owner, owner.alias(Name ?? ''));
    },
    DeleteAlias: ({ FunctionName, Name }) => {
      const owner = ownerOf(FunctionName);
      owner.aliases.delete(Name ?? '');
      owner.provisionedConcurrency.delete(Name ?? '');
      return {};
    },
    ListAliases: (input) => {
      const owner = ownerOf(input.FunctionName);
      const aliases = [...owner.aliases.values()].filter(
        ({ version, weights }) =>
          !input.FunctionVersion || version === input.FunctionVersion || weights.has(input.FunctionVersion),
      );
      const { items, ...next } = pageOf(aliases, ({ name }) => name, input);
      return { Aliases: items.map((alias) => describeAlias(owner, alias)), ...next };
    },
  } satisfies Handlers<typeof lambda>;
}

function weightsOf(
  owner: LambdaFunction,
  version: string,
  routing: AliasRoutingConfiguration | undefined,
): ReadonlyMap<string, number> {
  const weights = new Map(Object.entries(routing?.AdditionalVersionWeights ?? {}));
  if (weights.size > 0 && version === latestVersion) {
    throw invalidParameter('$LATEST is not supported for an alias pointing to more than 1 version');
  }
  if (weights.size > 1) {
    throw invalidParameter('Number of items in AdditionalVersionWeights cannot be greater than 1');
  }
  for (const [other, weight] of weights) {
    if (weight < 0 || weight > 1) {
      throw invalidParameter('Invalid function version weight. Weights must be between 0.0 and 1.0');
    }
    if (other === version) {
      throw invalidParameter(
        `Invalid function version ${other}. Function version ${other} is already included in routing configuration.`,
      );
    }
    if (other === latestVersion) {
      throw invalidParameter('$LATEST is not supported for an alias pointing to more than 1 version');
    }
    owner.version(other);
  }
  return weights;
}

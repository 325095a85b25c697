import { CreateAliasCommand, UpdateAliasCommand } from '@aws-sdk/client-lambda';
import { internalCall } from '../../../../wire/operation.ts';
import type { Properties, ResourceProvider } from '../../provider.ts';
import { apiInput, textOf } from '../api-input.ts';
import { unlessGone } from '../gone.ts';
import { withDefaults } from '../property-change.ts';
import type { ServiceOperations } from '../service-operations.ts';

/** Source: CloudFormation User Guide, "AWS::Lambda::Alias". `Ref` is the alias's ARN. */
export function lambdaAlias(lambda: ServiceOperations['lambda']): ResourceProvider {
  return {
    type: 'AWS::Lambda::Alias',
    properties: {
      Description: 'in place',
      FunctionName: 'replacement',
      FunctionVersion: 'in place',
      Name: 'replacement',
      RoutingConfig: 'in place',
    },
    create: async (properties) => {
      const input = apiInput(CreateAliasCommand, settingsOf(properties));
      const { AliasArn = '' } = await lambda.CreateAlias(input, internalCall());
      return { physicalId: AliasArn, attributes: { AliasArn } };
    },
    update: async (alias, properties, previous) => {
      const next = withDefaults(previous, properties, { Description: '', RoutingConfig: {} });
      await lambda.UpdateAlias(apiInput(UpdateAliasCommand, settingsOf(next)), internalCall());
      return alias;
    },
    delete: (_alias, properties) => {
      const FunctionName = textOf(properties['FunctionName'], '#/FunctionName');
      const Name = textOf(properties['Name'], '#/Name');
      return unlessGone(() => lambda.DeleteAlias({ FunctionName, Name }, internalCall()));
    },
  };
}

/** The template lists the versions that share the alias's traffic; the API has a map of them. */
function settingsOf({ RoutingConfig, ...settings }: Properties): Properties {
  if (RoutingConfig === undefined) {
    return settings;
  }
  const { AdditionalVersionWeights = [], ...routing } = RoutingConfig as Properties;
  const weights = (AdditionalVersionWeights as Properties[]).map((weight, i) => {
    const at = `#/RoutingConfig/AdditionalVersionWeights/${i}/FunctionVersion`;
    return [textOf(weight['FunctionVersion'], at), weight['FunctionWeight']];
  });
  return { ...settings, RoutingConfig: { ...routing, AdditionalVersionWeights: Object.fromEntries(weights) } };
}

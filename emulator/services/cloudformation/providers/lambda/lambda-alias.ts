import { CreateAliasCommand, UpdateAliasCommand } from '@aws-sdk/client-lambda';
import { internalCall } from '../../../../wire/operation.ts';
import type { Properties, ResourceProvider } from '../../provider.ts';
import { apiInput, textOf } from '../api-input.ts';
import { complete } from '../completion.ts';
import { unlessGone } from '../gone.ts';
import { withDefaults } from '../property-change.ts';
import type { ServiceOperations } from '../service-operations.ts';
import { changeProvisionedConcurrency, provisionedConcurrencyIsRecorded } from './lambda-provisioned-concurrency.ts';

/** Source: CloudFormation User Guide, "AWS::Lambda::Alias". `Ref` is the alias's ARN. */
export function lambdaAlias(lambda: ServiceOperations['lambda']): ResourceProvider {
  return {
    type: 'AWS::Lambda::Alias',
    properties: {
      Description: 'in place',
      FunctionName: 'replacement',
      FunctionVersion: 'in place',
      Name: 'replacement',
      ProvisionedConcurrencyConfig: 'in place',
      RoutingConfig: 'in place',
    },
    recorded: provisionedConcurrencyIsRecorded,
    updatePolicies: { CodeDeployLambdaAliasUpdate: 'the alias changes at once, and no hook is called' },
    create: async (properties) => {
      const input = apiInput(CreateAliasCommand, settingsOf(properties));
      const { AliasArn = '' } = await lambda.CreateAlias(input, internalCall());
      await complete(
        () => changeProvisionedConcurrency(lambda, targetOf(properties), {}, properties),
        () => remove(properties),
      );
      return { physicalId: AliasArn, attributes: { AliasArn } };
    },
    update: async (alias, properties, previous) => {
      const next = withDefaults(previous, properties, { Description: '', RoutingConfig: {} });
      await lambda.UpdateAlias(apiInput(UpdateAliasCommand, settingsOf(next)), internalCall());
      await changeProvisionedConcurrency(lambda, targetOf(properties), previous, properties);
      return alias;
    },
    delete: (_alias, properties) => remove(properties),
  };

  function remove(properties: Properties): Promise<void> {
    const { FunctionName, Qualifier: Name } = targetOf(properties);
    return unlessGone(() => lambda.DeleteAlias({ FunctionName, Name }, internalCall()));
  }
}

const targetOf = ({ FunctionName, Name }: Properties) => ({
  FunctionName: textOf(FunctionName, '#/FunctionName'),
  Qualifier: textOf(Name, '#/Name'),
});

/** The template lists the versions that share the alias's traffic; the API has a map of them. */
function settingsOf({ RoutingConfig, ProvisionedConcurrencyConfig: _, ...settings }: Properties): Properties {
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

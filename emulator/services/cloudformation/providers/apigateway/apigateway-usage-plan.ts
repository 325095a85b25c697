import { internalCall } from '../../../../wire/operation.ts';
import type { Properties, ResourceProvider } from '../../provider.ts';
import { apiInput, textOf } from '../api-input.ts';
import { complete } from '../completion.ts';
import { unlessGone } from '../gone.ts';
import type { ServiceOperations } from '../service-operations.ts';
import { tagMap } from '../tags.ts';
import { camelCased, patchOf } from './rest-api-input.ts';

/** Source: CloudFormation User Guide, "AWS::ApiGateway::ApiKey". `Ref` is the key's ID; what it is stays a secret of the API's. */
export function apiGatewayApiKey(restApis: ServiceOperations['restApis']): ResourceProvider {
  return {
    type: 'AWS::ApiGateway::ApiKey',
    nameProperty: 'Name',
    properties: {
      CustomerId: 'in place',
      Description: 'in place',
      Enabled: 'in place',
      GenerateDistinctId: 'replacement',
      Name: 'replacement',
      StageKeys: 'in place',
      Tags: 'replacement',
      Value: 'replacement',
    },
    recorded: { StageKeys: 'keys are good for the stages of their usage plans' },
    create: async ({ StageKeys: _stages, GenerateDistinctId: _distinct, Tags, ...properties }, { physicalName }) => {
      const { CreateApiKeyCommand } = await import('@aws-sdk/client-api-gateway');
      const given = { name: physicalName(128), ...camelCased(properties), tags: tagMap(Tags) };
      const { id = '' } = await (await restApis()).CreateApiKey(apiInput(CreateApiKeyCommand, given), internalCall());
      return { physicalId: id, attributes: { APIKeyId: id } };
    },
    update: async (key, properties, previous) => {
      const paths = { CustomerId: '/customerId', Description: '/description', Enabled: '/enabled' };
      const input = { apiKey: key.physicalId, patchOperations: patchOf(previous, properties, paths) };
      await (await restApis()).UpdateApiKey(input, internalCall());
      return key;
    },
    delete: ({ physicalId: apiKey }) =>
      unlessGone(async () => (await restApis()).DeleteApiKey({ apiKey }, internalCall())),
  };
}

const nothingIsHeld = 'nothing is held against it';

/** Source: CloudFormation User Guide, "AWS::ApiGateway::UsagePlan". `Ref` is the plan's ID. */
export function apiGatewayUsagePlan(restApis: ServiceOperations['restApis']): ResourceProvider {
  const remove = (usagePlanId: string) =>
    unlessGone(async () => (await restApis()).DeleteUsagePlan({ usagePlanId }, internalCall()));
  return {
    type: 'AWS::ApiGateway::UsagePlan',
    properties: {
      ApiStages: 'in place',
      Description: 'in place',
      Quota: 'in place',
      Tags: 'in place',
      Throttle: 'in place',
      UsagePlanName: 'in place',
    },
    recorded: { Quota: nothingIsHeld, Throttle: nothingIsHeld },
    create: async (properties, { physicalName }) => {
      const { CreateUsagePlanCommand } = await import('@aws-sdk/client-api-gateway');
      const { UsagePlanName = physicalName(128), Description } = properties;
      const input = apiInput(CreateUsagePlanCommand, { name: UsagePlanName, description: Description });
      const { id = '' } = await (await restApis()).CreateUsagePlan(input, internalCall());
      await complete(
        () => changeStages(id, {}, properties),
        () => remove(id),
      );
      return { physicalId: id, attributes: { Id: id } };
    },
    update: async (plan, properties, previous) => {
      const paths = { Description: '/description', UsagePlanName: '/name' };
      const input = { usagePlanId: plan.physicalId, patchOperations: patchOf(previous, properties, paths) };
      await (await restApis()).UpdateUsagePlan(input, internalCall());
      await changeStages(plan.physicalId, previous, properties);
      return plan;
    },
    delete: ({ physicalId }) => remove(physicalId),
  };

  async function changeStages(usagePlanId: string, before: Properties, after: Properties): Promise<void> {
    const [old, wanted] = [stagesOf(before), stagesOf(after)];
    const patchOperations = [
      ...old
        .filter((one) => !wanted.includes(one))
        .map((value) => ({ op: 'remove' as const, path: '/apiStages', value })),
      ...wanted.filter((one) => !old.includes(one)).map((value) => ({ op: 'add' as const, path: '/apiStages', value })),
    ];
    await (await restApis()).UpdateUsagePlan({ usagePlanId, patchOperations }, internalCall());
  }
}

const stagesOf = ({ ApiStages = [] }: Properties): string[] =>
  (ApiStages as Properties[]).map(
    ({ ApiId, Stage }) => `${textOf(ApiId, '#/ApiStages/ApiId')}:${textOf(Stage, '#/ApiStages/Stage')}`,
  );

/** Source: CloudFormation User Guide, "AWS::ApiGateway::UsagePlanKey". `Ref` is the IDs of key and plan, with a colon between. */
export function apiGatewayUsagePlanKey(restApis: ServiceOperations['restApis']): ResourceProvider {
  const named = ({ KeyId, UsagePlanId }: Properties) => ({
    keyId: textOf(KeyId, '#/KeyId'),
    usagePlanId: textOf(UsagePlanId, '#/UsagePlanId'),
  });
  return {
    type: 'AWS::ApiGateway::UsagePlanKey',
    properties: { KeyId: 'replacement', KeyType: 'replacement', UsagePlanId: 'replacement' },
    create: async (properties) => {
      const { keyId, usagePlanId } = named(properties);
      await (await restApis()).CreateUsagePlanKey({ keyId, usagePlanId, keyType: 'API_KEY' }, internalCall());
      const Id = `${keyId}:${usagePlanId}`;
      return { physicalId: Id, attributes: { Id } };
    },
    delete: (_key, properties) =>
      unlessGone(async () => (await restApis()).DeleteUsagePlanKey(named(properties), internalCall())),
  };
}

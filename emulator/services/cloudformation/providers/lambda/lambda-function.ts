import {
  CreateFunctionCommand,
  PutFunctionRecursionConfigCommand,
  PutRuntimeManagementConfigCommand,
  UpdateFunctionCodeCommand,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda';
import { arn, internalCall, type Region } from '../../../../wire/operation.ts';
import { validationError } from '../../errors.ts';
import type { Properties, Resource, ResourceProvider } from '../../provider.ts';
import { apiInput, numberOf, textOf } from '../api-input.ts';
import { complete } from '../completion.ts';
import { ifPresent, unlessGone } from '../gone.ts';
import { isChanged, pick, withDefaults } from '../property-change.ts';
import type { ServiceOperations } from '../service-operations.ts';
import { changeTags, tagMap } from '../tags.ts';
import { inlineCode } from './lambda-inline-code.ts';
import { isStandIn, standIn } from './lambda-stand-in.ts';

/** The settings of a function, with what Lambda has where a template no longer sets one. */
const settingDefaults = {
  DeadLetterConfig: { TargetArn: '' },
  Description: '',
  Environment: { Variables: {} },
  EphemeralStorage: { Size: 512 },
  Handler: undefined,
  KmsKeyArn: '',
  Layers: [],
  LoggingConfig: { LogFormat: 'Text' },
  MemorySize: 128,
  Role: undefined,
  Runtime: undefined,
  SnapStart: { ApplyOn: 'None' },
  Timeout: 3,
  TracingConfig: { Mode: 'PassThrough' },
  VpcConfig: { SubnetIds: [], SecurityGroupIds: [] },
};
const settingNames = Object.keys(settingDefaults);
/** What a function tells of itself in the words of a template. */
const readNames = ['Description', 'Environment', 'Handler', 'MemorySize', 'Role', 'Runtime', 'Timeout'];

/** Source: CloudFormation User Guide, "AWS::Lambda::Function". `Ref` is the function's name. */
export function lambdaFunction(
  lambda: ServiceOperations['lambda'],
  runtimeFault: ServiceOperations['runtimeFault'] = () => undefined,
): ResourceProvider {
  return {
    type: 'AWS::Lambda::Function',
    nameProperty: 'FunctionName',
    properties: {
      Architectures: 'in place',
      Code: 'in place',
      DeadLetterConfig: 'in place',
      Description: 'in place',
      Environment: 'in place',
      EphemeralStorage: 'in place',
      FunctionName: 'replacement',
      Handler: 'in place',
      KmsKeyArn: 'in place',
      Layers: 'in place',
      LoggingConfig: 'in place',
      MemorySize: 'in place',
      PackageType: 'replacement',
      RecursiveLoop: 'in place',
      ReservedConcurrentExecutions: 'in place',
      Role: 'in place',
      Runtime: 'in place',
      RuntimeManagementConfig: 'in place',
      SnapStart: 'in place',
      Tags: 'in place',
      Timeout: 'in place',
      TracingConfig: 'in place',
      VpcConfig: 'in place',
    },
    refusals: ({ Runtime, PackageType }, logicalId) => {
      const isGiven = typeof Runtime === 'string' && !isStandIn(logicalId, { Runtime });
      const fault = isGiven ? runtimeFault(Runtime) : undefined;
      return [
        ...(fault === undefined ? [] : [`#/Runtime: ${fault}`]),
        ...(PackageType === 'Image' ? ['#/PackageType: Image is not served by this endpoint: Zip is'] : []),
      ];
    },
    recorded: {
      KmsKeyArn: 'nothing is encrypted',
      RuntimeManagementConfig: 'functions run on the Node of this endpoint',
      VpcConfig: 'the function reaches what this machine reaches',
    },
    shortfallOf: (properties, logicalId) =>
      isStandIn(logicalId, properties)
        ? 'Not run: this endpoint does the work of this function by itself.'
        : shortfallOf(properties),
    create: async (given, { physicalName, region, logicalId }) => {
      const properties = runnable(given, logicalId);
      const input = apiInput(CreateFunctionCommand, {
        ...settingsOf(properties),
        ...pick(properties, ['Architectures', 'PackageType']),
        FunctionName: properties['FunctionName'] ?? physicalName(64),
        Code: codeOf(properties),
        Tags: tagMap(properties['Tags']),
      });
      const { FunctionName = '' } = await lambda.CreateFunction(input, internalCall());
      await complete(
        async () => {
          await changeConcurrency(FunctionName, {}, properties);
          await changeRecursiveLoop(FunctionName, {}, properties);
          await changeRuntimeManagement(FunctionName, {}, properties);
        },
        () => lambda.DeleteFunction({ FunctionName }, internalCall()),
      );
      return describe(region, FunctionName);
    },
    update: async ({ physicalId: FunctionName }, given, before, { region, logicalId }) => {
      const [properties, previous] = [runnable(given, logicalId), runnable(before, logicalId)];
      await changeConfiguration(FunctionName, previous, properties);
      await changeCode(FunctionName, previous, properties);
      await changeConcurrency(FunctionName, previous, properties);
      await changeRecursiveLoop(FunctionName, previous, properties);
      await changeRuntimeManagement(FunctionName, previous, properties);
      const Resource = arnOf(region, FunctionName);
      await changeTags(previous, properties, {
        set: (Tags) => lambda.TagResource({ Resource, Tags }, internalCall()),
        remove: (TagKeys) => lambda.UntagResource({ Resource, TagKeys }, internalCall()),
      });
      return describe(region, FunctionName);
    },
    delete: ({ physicalId: FunctionName }) => unlessGone(() => lambda.DeleteFunction({ FunctionName }, internalCall())),
    read: ({ physicalId: FunctionName }) =>
      ifPresent(async () => {
        const { Configuration = {}, Concurrency } = await lambda.GetFunction({ FunctionName }, internalCall());
        const { KMSKeyArn, Layers, VpcConfig: _vpc, ...configuration } = Configuration;
        return {
          Environment: undefined,
          ...pick(configuration as Properties, readNames),
          KmsKeyArn: KMSKeyArn,
          Layers: Layers?.map(({ Arn }) => Arn),
          ReservedConcurrentExecutions: Concurrency?.ReservedConcurrentExecutions,
        };
      }),
    identifier: 'FunctionName',
    find: (FunctionName, { region }) =>
      ifPresent(async () => {
        await lambda.GetFunction({ FunctionName }, internalCall());
        return describe(region, FunctionName);
      }),
  };

  async function changeConfiguration(FunctionName: string, previous: Properties, properties: Properties) {
    if (!isChanged(previous, properties, settingNames)) {
      return;
    }
    const settings = settingsOf(withDefaults(previous, properties, settingDefaults));
    const input = apiInput(UpdateFunctionConfigurationCommand, { ...settings, FunctionName });
    await lambda.UpdateFunctionConfiguration(input, internalCall());
  }

  async function changeCode(FunctionName: string, previous: Properties, properties: Properties): Promise<void> {
    // What stands in the template is another file in another language.
    if (!isChanged(previous, properties, ['Code', 'Architectures', 'Runtime'])) {
      return;
    }
    const { Architectures } = withDefaults(previous, properties, { Architectures: ['x86_64'] });
    const input = apiInput(UpdateFunctionCodeCommand, { ...codeOf(properties), Architectures, FunctionName });
    await lambda.UpdateFunctionCode(input, internalCall());
  }

  async function changeConcurrency(FunctionName: string, previous: Properties, properties: Properties): Promise<void> {
    if (!isChanged(previous, properties, ['ReservedConcurrentExecutions'])) {
      return;
    }
    const reserved = properties['ReservedConcurrentExecutions'];
    if (reserved === undefined) {
      await lambda.DeleteFunctionConcurrency({ FunctionName }, internalCall());
    } else {
      const ReservedConcurrentExecutions = numberOf(reserved, '#/ReservedConcurrentExecutions');
      await lambda.PutFunctionConcurrency({ FunctionName, ReservedConcurrentExecutions }, internalCall());
    }
  }

  async function changeRecursiveLoop(FunctionName: string, previous: Properties, properties: Properties) {
    if (!isChanged(previous, properties, ['RecursiveLoop'])) {
      return;
    }
    const { RecursiveLoop } = withDefaults(previous, properties, { RecursiveLoop: 'Terminate' });
    const input = apiInput(PutFunctionRecursionConfigCommand, { FunctionName, RecursiveLoop });
    await lambda.PutFunctionRecursionConfig(input, internalCall());
  }

  async function changeRuntimeManagement(FunctionName: string, previous: Properties, properties: Properties) {
    if (!isChanged(previous, properties, ['RuntimeManagementConfig'])) {
      return;
    }
    const { RuntimeManagementConfig } = withDefaults(previous, properties, {
      RuntimeManagementConfig: { UpdateRuntimeOn: 'Auto' },
    });
    const config = { ...(RuntimeManagementConfig as Properties), FunctionName };
    await lambda.PutRuntimeManagementConfig(apiInput(PutRuntimeManagementConfigCommand, config), internalCall());
  }
}

/** What a function lacks by values of its properties. */
function shortfallOf({ Layers, Role, SnapStart }: Properties): string | undefined {
  const account = String(Role).split(':')[4];
  const foreign = ((Layers ?? []) as string[]).filter((layer) => String(layer).split(':')[4] !== account);
  const texts = [
    ...foreign.map((layer) => `The function runs without the layer ${layer}, which is another account's.`),
    ...((SnapStart as Properties | undefined)?.['ApplyOn'] === 'PublishedVersions'
      ? ['Recorded only: SnapStart (each environment is initialised anew).']
      : []),
  ];
  return texts.length > 0 ? texts.join(' ') : undefined;
}

const runnable = (properties: Properties, logicalId: string): Properties =>
  isStandIn(logicalId, properties) ? standIn(properties) : properties;

/** The settings as the API names them. */
function settingsOf(properties: Properties): Properties {
  const { KmsKeyArn, ...settings } = pick(properties, settingNames);
  return KmsKeyArn === undefined ? settings : { ...settings, KMSKeyArn: KmsKeyArn };
}

function codeOf({ Code = {}, Runtime }: Properties): Properties {
  const { ZipFile, ...location } = Code as Properties;
  if (location['S3ObjectVersion'] !== undefined) {
    throw validationError('#/Code: S3ObjectVersion is not served by this endpoint.');
  }
  return ZipFile === undefined
    ? location
    : { ...location, ZipFile: inlineCode(textOf(ZipFile, '#/Code/ZipFile'), String(Runtime)) };
}

const arnOf = (region: Region, name: string): string => arn(region, 'lambda', `function:${name}`);

const describe = (region: Region, name: string): Resource => ({
  physicalId: name,
  attributes: { Arn: arnOf(region, name) },
});

import type * as cfn from '@aws-sdk/client-cloudformation';
import type { Handlers } from '../../../wire/operation.ts';
import { getChangeSet } from '../change-set/change-set.ts';
import type { Engine } from '../engine.ts';
import { requiredCapability } from '../template/capabilities.ts';
import type { ParameterDefinition, Template } from '../template/template.ts';
import { parseTemplate } from '../template/template.ts';
import { checkReferences } from '../template/template-check.ts';
import { readTemplate } from '../template/template-reader.ts';
import { type TemplateSource, templateText } from '../template/template-source.ts';

/** The operations that read templates: of a stack, or before there is one. */
export function templateOperations(engine: Engine) {
  const { stacks, region, deps } = engine;
  const read = async (source: TemplateSource): Promise<Template> => {
    const text = await templateText(source, undefined, region.endpoint, deps.getObject);
    const template = parseTemplate(text, await readTemplate(text));
    checkReferences(template);
    return template;
  };
  return {
    GetTemplate: ({ StackName, ChangeSetName, TemplateStage = 'Original' }) => {
      const desired =
        ChangeSetName === undefined
          ? stacks.get(StackName).desired
          : getChangeSet(engine, ChangeSetName, StackName).desired;
      // A stack that only has change sets has no template yet.
      const { body = '', document } = desired?.template ?? {};
      const processed = TemplateStage === 'Processed' && document !== undefined;
      return {
        TemplateBody: processed ? JSON.stringify(document) : body,
        StagesAvailable: ['Original', 'Processed'],
      };
    },
    GetTemplateSummary: async ({ StackName, TemplateBody, TemplateURL }) => {
      const template =
        StackName === undefined
          ? await read({ TemplateBody, TemplateURL })
          : (stacks.get(StackName).desired?.template ?? parseTemplate(''));
      const capability = requiredCapability(template);
      const byType = Map.groupBy(template.resources, ([, { Type }]) => Type);
      return {
        Parameters: [...template.parameters].map(([key, definition]) => ({
          ...declarationOf(key, definition),
          ParameterType: definition.Type,
          ParameterConstraints: { AllowedValues: definition.AllowedValues?.map(String) },
        })),
        Description: template.description,
        ...(capability && { Capabilities: [capability.capability], CapabilitiesReason: capability.reason }),
        ResourceTypes: [...byType.keys()],
        Version: '2010-09-09',
        ...(template.metadata !== undefined && { Metadata: JSON.stringify(template.metadata) }),
        DeclaredTransforms: [...template.transforms],
        // What can be imported, and by what.
        ResourceIdentifierSummaries: [...byType].flatMap(([ResourceType, resources]) => {
          const identifier = engine.types.find(ResourceType)?.identifier;
          const LogicalResourceIds = resources.map(([id]) => id);
          return identifier === undefined
            ? []
            : [{ ResourceType, LogicalResourceIds, ResourceIdentifiers: [identifier] }];
        }),
      };
    },
    ValidateTemplate: async (input) => {
      const template = await read(input);
      const capability = requiredCapability(template);
      return {
        Parameters: [...template.parameters].map(([key, definition]) => declarationOf(key, definition)),
        Description: template.description,
        ...(capability && { Capabilities: [capability.capability], CapabilitiesReason: capability.reason }),
        DeclaredTransforms: [...template.transforms],
      };
    },
  } satisfies Handlers<typeof cfn>;
}

function declarationOf(ParameterKey: string, { Default, NoEcho, Description }: ParameterDefinition) {
  return {
    ParameterKey,
    ...(Default !== undefined && { DefaultValue: String(Default) }),
    NoEcho: NoEcho === true || NoEcho === 'true',
    ...(Description !== undefined && { Description }),
  };
}

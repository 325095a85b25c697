import { CreateSecretCommand, GetRandomPasswordCommand, UpdateSecretCommand } from '@aws-sdk/client-secrets-manager';
import { internalCall } from '../../../../wire/operation.ts';
import { validationError } from '../../errors.ts';
import type { Properties, ResourceProvider } from '../../provider.ts';
import { apiInput, textOf } from '../api-input.ts';
import { unlessGone } from '../gone.ts';
import { isChanged, withDefaults } from '../property-change.ts';
import type { ServiceOperations } from '../service-operations.ts';
import { changeTags, tagList } from '../tags.ts';

/**
 * Source: CloudFormation User Guide, "AWS::SecretsManager::Secret". `Ref` is the secret's ARN.
 * An update leaves the value alone unless the property that it comes from has changed.
 */
export function secretsManagerSecret(secrets: ServiceOperations['secretsmanager']): ResourceProvider {
  return {
    type: 'AWS::SecretsManager::Secret',
    nameProperty: 'Name',
    properties: {
      Description: 'in place',
      GenerateSecretString: 'in place',
      KmsKeyId: 'in place',
      Name: 'replacement',
      SecretString: 'in place',
      Tags: 'in place',
    },
    create: async (properties, { physicalName }) => {
      const input = apiInput(CreateSecretCommand, {
        // Secrets Manager puts a dash and six characters behind the name to make the ARN.
        Name: properties['Name'] ?? physicalName(505),
        Description: properties['Description'],
        KmsKeyId: properties['KmsKeyId'],
        SecretString: await secretStringOf(properties),
        Tags: tagList(properties['Tags']),
      });
      const { ARN = '' } = await secrets.CreateSecret(input, internalCall());
      return { physicalId: ARN, attributes: { Id: ARN } };
    },
    update: async (secret, properties, previous) => {
      const SecretId = secret.physicalId;
      const isNew = isChanged(previous, properties, ['GenerateSecretString', 'SecretString']);
      const SecretString = isNew ? await secretStringOf(properties) : undefined;
      if (SecretString !== undefined || isChanged(previous, properties, ['Description', 'KmsKeyId'])) {
        const { Description, KmsKeyId } = withDefaults(previous, properties, {
          Description: '',
          KmsKeyId: 'alias/aws/secretsmanager',
        });
        const input = apiInput(UpdateSecretCommand, { SecretId, Description, KmsKeyId, SecretString });
        await secrets.UpdateSecret(input, internalCall());
      }
      await changeTags(previous, properties, {
        set: (tags) => secrets.TagResource({ SecretId, Tags: tagList(tags) }, internalCall()),
        remove: (TagKeys) => secrets.UntagResource({ SecretId, TagKeys }, internalCall()),
      });
      return secret;
    },
    delete: ({ physicalId: SecretId }) =>
      unlessGone(() => secrets.DeleteSecret({ SecretId, ForceDeleteWithoutRecovery: true }, internalCall())),
  };

  /** The value that the template gives or asks to be made up; undefined for a secret that is still empty. */
  async function secretStringOf({ SecretString, GenerateSecretString }: Properties): Promise<string | undefined> {
    if (SecretString !== undefined && GenerateSecretString !== undefined) {
      throw validationError("You can't specify both SecretString and GenerateSecretString.");
    }
    if (GenerateSecretString === undefined) {
      return SecretString === undefined ? undefined : textOf(SecretString, '#/SecretString');
    }
    const { GenerateStringKey, SecretStringTemplate, ...options } = GenerateSecretString as Properties;
    const { RandomPassword } = await secrets.GetRandomPassword(
      apiInput(GetRandomPasswordCommand, options),
      internalCall(),
    );
    if (GenerateStringKey === undefined && SecretStringTemplate === undefined) {
      return RandomPassword;
    }
    if (GenerateStringKey === undefined || SecretStringTemplate === undefined) {
      throw validationError('GenerateStringKey and SecretStringTemplate must be specified together.');
    }
    const key = textOf(GenerateStringKey, '#/GenerateSecretString/GenerateStringKey');
    return JSON.stringify({ ...templateOf(SecretStringTemplate), [key]: RandomPassword });
  }
}

function templateOf(template: unknown): object {
  try {
    const parsed: unknown = JSON.parse(textOf(template, '#/GenerateSecretString/SecretStringTemplate'));
    if (typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)) {
      return parsed;
    }
  } catch {
    // Answered below, like JSON that is no object.
  }
  throw validationError('Could not parse SecretStringTemplate JSON.');
}

import * as ssm from '@aws-sdk/client-ssm';
import { AwsError, type Handlers, type Region } from '../../wire/operation.ts';
import { service, serviceModel } from '../../wire/service.ts';
import { atMostTenNames, validationException } from './errors.ts';
import { Parameters } from './parameters.ts';
import { readingOperations } from './reading.ts';
import { addTags, tagOperations } from './tag-operations.ts';

const model = serviceModel('ssm', ssm);

/**
 * SSM Parameter Store. A SecureString is kept like any other and only shown as one. Not served: parameter policies,
 * sharing, the public parameters below `/aws/service`, and the rest of Systems Manager.
 */
export function createSsm(region: Region) {
  const parameters = new Parameters(region);
  const operations = {
    PutParameter: (input, { caller }) => {
      const { Name = '', Overwrite = false, Policies, Tags = [] } = input;
      if (Policies) {
        throw new AwsError('NotImplemented', 'ssm: parameter policies are not served by this endpoint.', 501);
      }
      const existing = parameters.find(Name);
      if (existing && !Overwrite) {
        throw new ssm.ParameterAlreadyExists({
          message:
            'The parameter already exists. To overwrite this value, set the overwrite option in the request to true.',
          $metadata: {},
        });
      }
      if (Overwrite && Tags.length > 0) {
        throw validationException(
          "Invalid request: tags and overwrite can't be used together. To create a parameter with tags, please remove overwrite flag. To update tags for an existing parameter, please use AddTagsToResource or RemoveTagsFromResource.",
        );
      }
      const parameter = existing ?? parameters.draft(Name);
      addTags(parameter, Tags);
      const { version, tier } = parameter.put(input, caller.arn);
      parameters.add(parameter);
      return { Version: version, Tier: tier };
    },

    DeleteParameter: ({ Name = '' }) => {
      parameters.delete(parameters.get(Name).name);
      return {};
    },

    DeleteParameters: ({ Names = [] }) => {
      atMostTenNames(Names);
      const DeletedParameters = Names.filter((name) => parameters.delete(name));
      return { DeletedParameters, InvalidParameters: Names.filter((name) => !DeletedParameters.includes(name)) };
    },

    LabelParameterVersion: ({ Name = '', ParameterVersion, Labels = [] }) => {
      const { version, invalid } = parameters.get(Name).label(ParameterVersion, Labels);
      return { InvalidLabels: invalid, ParameterVersion: version };
    },

    UnlabelParameterVersion: ({ Name = '', ParameterVersion = 0, Labels = [] }) => {
      const { removed, invalid } = parameters.get(Name).unlabel(ParameterVersion, Labels);
      return { RemovedLabels: removed, InvalidLabels: invalid };
    },

    ...readingOperations(parameters),
    ...tagOperations(parameters),
  } satisfies Handlers<typeof ssm>;
  return { service: service<typeof ssm>(model, operations), operations };
}

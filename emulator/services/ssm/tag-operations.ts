import * as ssm from '@aws-sdk/client-ssm';
import type { Handlers } from '../../wire/operation.ts';
import { listTags, maxTags, tagEntries, withoutTags, withTags } from '../../wire/tags.ts';
import type { Parameter } from './parameter.ts';
import type { Parameters } from './parameters.ts';

/** The operations on tags. Of all that Systems Manager can tag, there are only parameters here. */
export function tagOperations(parameters: Parameters) {
  const tagged = (type: string | undefined, id: string | undefined): Parameter => {
    if (type !== 'Parameter') {
      const message = `${type} is not a resource type that can be tagged at this endpoint.`;
      throw new ssm.InvalidResourceType({ message, $metadata: {} });
    }
    const found = parameters.find(id ?? '');
    if (found) {
      return found;
    }
    throw new ssm.InvalidResourceId({ message: `The resource ID "${id}" is not valid.`, $metadata: {} });
  };

  return {
    AddTagsToResource: ({ ResourceType, ResourceId, Tags }) => {
      addTags(tagged(ResourceType, ResourceId), Tags);
      return {};
    },
    RemoveTagsFromResource: ({ ResourceType, ResourceId, TagKeys }) => {
      const parameter = tagged(ResourceType, ResourceId);
      parameter.tags = withoutTags(parameter.tags, TagKeys);
      return {};
    },
    ListTagsForResource: ({ ResourceType, ResourceId }) => {
      return { TagList: listTags(tagged(ResourceType, ResourceId).tags) };
    },
  } satisfies Handlers<typeof ssm>;
}

/** @throws TooManyTagsError */
export function addTags(parameter: Parameter, added: readonly ssm.Tag[] | undefined): void {
  const message = `The number of tags exceeds the maximum of ${maxTags} for a resource.`;
  const tooMany = () => new ssm.TooManyTagsError({ message, $metadata: {} });
  parameter.tags = withTags(parameter.tags, tagEntries(added), tooMany);
}

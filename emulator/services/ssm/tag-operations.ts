import * as ssm from '@aws-sdk/client-ssm';
import type { Handlers } from '../../wire/operation.ts';
import type { Parameter } from './parameter.ts';
import type { Parameters } from './parameters.ts';

const maxTags = 50;

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
    RemoveTagsFromResource: ({ ResourceType, ResourceId, TagKeys = [] }) => {
      const { tags } = tagged(ResourceType, ResourceId);
      for (const key of TagKeys) {
        tags.delete(key);
      }
      return {};
    },
    ListTagsForResource: ({ ResourceType, ResourceId }) => {
      const { tags } = tagged(ResourceType, ResourceId);
      return { TagList: [...tags].map(([Key, Value]) => ({ Key, Value })) };
    },
  } satisfies Handlers<typeof ssm>;
}

/** @throws TooManyTagsError */
export function addTags({ tags }: Parameter, added: readonly ssm.Tag[] = []): void {
  const keys = new Set([...tags.keys(), ...added.map(({ Key }) => Key)]);
  if (keys.size > maxTags) {
    const message = `The number of tags exceeds the maximum of ${maxTags} for a resource.`;
    throw new ssm.TooManyTagsError({ message, $metadata: {} });
  }
  for (const { Key = '', Value = '' } of added) {
    tags.set(Key, Value);
  }
}

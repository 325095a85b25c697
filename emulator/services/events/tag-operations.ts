import * as eventbridge from '@aws-sdk/client-eventbridge';
import type { Handlers } from '../../wire/operation.ts';
import { listTags, type Tags, tagEntries, withoutTags, withTags } from '../../wire/tags.ts';
import { limitExceeded } from './errors.ts';
import type { EventBuses } from './event-bus.ts';

interface Tagged {
  tags: Tags;
}

/** The operations on the tags of rules and event buses. */
export function tagOperations(buses: EventBuses) {
  const tagged = (arn = ''): Tagged => {
    const [, bus = 'default', rule] = /:rule\/(?:([^/]+)\/)?([^/]+)$/.exec(arn) ?? [];
    const found = rule === undefined ? arn && buses.find(arn) : buses.find(bus)?.rules.get(rule);
    if (found && found.arn === arn) {
      return found;
    }
    const message = `Resource ${arn} does not exist.`;
    throw new eventbridge.ResourceNotFoundException({ message, $metadata: {} });
  };

  return {
    TagResource: ({ ResourceARN, Tags }) => {
      addTags(tagged(ResourceARN), Tags);
      return {};
    },
    UntagResource: ({ ResourceARN, TagKeys }) => {
      const resource = tagged(ResourceARN);
      resource.tags = withoutTags(resource.tags, TagKeys);
      return {};
    },
    ListTagsForResource: ({ ResourceARN }) => ({
      Tags: listTags(tagged(ResourceARN).tags),
    }),
  } satisfies Handlers<typeof eventbridge>;
}

/** @throws LimitExceededException */
export function addTags(resource: Tagged, added: readonly eventbridge.Tag[] | undefined): void {
  resource.tags = withTags(resource.tags, tagEntries(added), limitExceeded);
}

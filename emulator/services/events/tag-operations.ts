import * as eventbridge from '@aws-sdk/client-eventbridge';
import type { Handlers } from '../../wire/operation.ts';
import { limitExceeded } from './errors.ts';
import type { EventBuses } from './event-bus.ts';

const maxTags = 50;

interface Tagged {
  readonly tags: Map<string, string>;
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
    UntagResource: ({ ResourceARN, TagKeys = [] }) => {
      const { tags } = tagged(ResourceARN);
      for (const key of TagKeys) {
        tags.delete(key);
      }
      return {};
    },
    ListTagsForResource: ({ ResourceARN }) => ({
      Tags: [...tagged(ResourceARN).tags].map(([Key, Value]) => ({ Key, Value })),
    }),
  } satisfies Handlers<typeof eventbridge>;
}

/** @throws LimitExceededException */
export function addTags({ tags }: Tagged, added: readonly eventbridge.Tag[] = []): void {
  if (new Set([...tags.keys(), ...added.map(({ Key }) => Key)]).size > maxTags) {
    throw limitExceeded();
  }
  for (const { Key = '', Value = '' } of added) {
    tags.set(Key, Value);
  }
}

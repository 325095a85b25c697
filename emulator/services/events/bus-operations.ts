import type * as eventbridge from '@aws-sdk/client-eventbridge';
import type { Handlers } from '../../wire/operation.ts';
import { notServed } from './errors.ts';
import type { EventBus, EventBuses } from './event-bus.ts';
import { pageOf } from './paging.ts';
import { policyOf } from './permission-operations.ts';
import { addTags } from './tag-operations.ts';

/** The operations on event buses. */
export function busOperations(buses: EventBuses) {
  return {
    CreateEventBus: (input) => {
      const bus = buses.create(input);
      addTags(bus, input.Tags);
      return { EventBusArn: bus.arn, ...optional(bus) };
    },

    UpdateEventBus: ({ Name, Description, KmsKeyIdentifier, DeadLetterConfig, LogConfig }) => {
      const bus = buses.get(Name);
      if (LogConfig) {
        throw notServed('LogConfig is');
      }
      // What is empty is taken away, and what is not named stays.
      bus.description = Description === undefined ? bus.description : Description || undefined;
      bus.kmsKeyIdentifier = KmsKeyIdentifier === undefined ? bus.kmsKeyIdentifier : KmsKeyIdentifier || undefined;
      bus.deadLetterConfig = DeadLetterConfig
        ? DeadLetterConfig.Arn
          ? DeadLetterConfig
          : undefined
        : bus.deadLetterConfig;
      return { Arn: bus.arn, Name: bus.name, ...optional(bus) };
    },

    DeleteEventBus: ({ Name = '' }) => {
      buses.delete(Name);
      return {};
    },

    DescribeEventBus: ({ Name }) => {
      const bus = buses.get(Name);
      return { ...entryOf(bus), ...optional(bus) };
    },

    ListEventBuses: ({ NamePrefix = '', ...page }) => {
      const found = buses.sorted().filter(({ name }) => name.startsWith(NamePrefix));
      const { items, ...next } = pageOf(found, ({ name }) => name, page);
      return { EventBuses: items.map(entryOf), ...next };
    },
  } satisfies Handlers<typeof eventbridge>;
}

function entryOf(bus: EventBus) {
  const { name, arn, created } = bus;
  const Policy = policyOf(bus);
  return {
    Name: name,
    Arn: arn,
    CreationTime: created,
    LastModifiedTime: created,
    ...(Policy !== undefined && { Policy }),
  };
}

function optional({ description, deadLetterConfig, kmsKeyIdentifier }: EventBus) {
  return {
    ...(description !== undefined && { Description: description }),
    ...(kmsKeyIdentifier !== undefined && { KmsKeyIdentifier: kmsKeyIdentifier }),
    ...(deadLetterConfig && { DeadLetterConfig: deadLetterConfig }),
  };
}

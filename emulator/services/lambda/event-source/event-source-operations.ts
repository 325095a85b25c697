import type * as lambda from '@aws-sdk/client-lambda';
import type { Handlers } from '../../../wire/operation.ts';
import { parseFunctionName } from '../function/function-name.ts';
import { pageOf } from '../paging.ts';
import { changedSettings, checkSource, initialSettings } from './event-source-mapping.ts';
import type { EventSources } from './event-sources.ts';

/** Event source mappings, of SQS queues and DynamoDB streams. A change is in force when its call is answered, though AWS's states are shown. */
export function eventSourceOperations(sources: EventSources) {
  return {
    CreateEventSourceMapping: async (input) => {
      const sourceArn = checkSource(input.EventSourceArn);
      const mapping = await sources.add(sourceArn, parseFunctionName(input.FunctionName), initialSettings(input));
      mapping.tags = { ...input.Tags };
      return sources.describe(mapping, 'Creating');
    },
    GetEventSourceMapping: ({ UUID = '' }) => sources.describe(sources.get(UUID)),
    UpdateEventSourceMapping: async (input) => {
      const mapping = sources.get(input.UUID ?? '');
      const reference = input.FunctionName ? parseFunctionName(input.FunctionName) : mapping.reference;
      await sources.change(mapping, reference, changedSettings(input, mapping.settings));
      return sources.describe(mapping, 'Updating');
    },
    DeleteEventSourceMapping: ({ UUID = '' }) => {
      const mapping = sources.get(UUID);
      sources.remove(mapping);
      return sources.describe(mapping, 'Deleting');
    },
    ListEventSourceMappings: (input) => {
      const name = input.FunctionName ? parseFunctionName(input.FunctionName).name : undefined;
      const wanted = sources
        .all()
        .filter(
          ({ sourceArn, reference }) =>
            (!input.EventSourceArn || sourceArn === input.EventSourceArn) && (!name || reference.name === name),
        );
      const { items, ...next } = pageOf(wanted, ({ uuid }) => uuid, { ...input, MaxItems: input.MaxItems ?? 100 });
      return { EventSourceMappings: items.map((mapping) => sources.describe(mapping)), ...next };
    },
  } satisfies Handlers<typeof lambda>;
}

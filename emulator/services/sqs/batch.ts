import * as sqs from '@aws-sdk/client-sqs';
import { AwsError } from '../../wire/operation.ts';
import { isAnswer } from './errors.ts';
import { maxPayloadBytes, type SendRequest, sizeOf } from './send.ts';

const maxEntries = 10;
const entryId = /^[\w-]{1,80}$/;
const $metadata = {};

interface Entry {
  readonly Id: string | undefined;
}

/**
 * Checks the entries of a batch as a whole. `entryName` is what AWS calls such an entry in its message.
 * @throws EmptyBatchRequest, TooManyEntriesInBatchRequest, InvalidBatchEntryId, BatchEntryIdsNotDistinct
 */
export function checkBatch<E extends Entry>(entries: readonly E[] | undefined, entryName: string): readonly E[] {
  if (!entries?.length) {
    throw new sqs.EmptyBatchRequest({
      message: `There should be at least one ${entryName} in the request.`,
      $metadata,
    });
  }
  if (entries.length > maxEntries) {
    const message = `Maximum number of entries per request are ${maxEntries}. You have sent ${entries.length}.`;
    throw new sqs.TooManyEntriesInBatchRequest({ message, $metadata });
  }
  const ids = new Set<string>();
  for (const { Id = '' } of entries) {
    if (!entryId.test(Id)) {
      const message =
        'A batch entry id can only contain alphanumeric characters, hyphens and underscores. It can be at most 80 letters long.';
      throw new sqs.InvalidBatchEntryId({ message, $metadata });
    }
    if (ids.has(Id)) {
      throw new sqs.BatchEntryIdsNotDistinct({ message: `Id ${Id} repeated.`, $metadata });
    }
    ids.add(Id);
  }
  return entries;
}

/** Checks the size of all messages of a batch together. @throws BatchRequestTooLong */
export function checkBatchSize(entries: readonly SendRequest[]): void {
  const size = entries.reduce((sum, entry) => sum + sizeOf(entry), 0);
  if (size <= maxPayloadBytes) {
    return;
  }
  const message = `Batch requests cannot be longer than ${maxPayloadBytes} bytes. You have sent ${size} bytes.`;
  throw new sqs.BatchRequestTooLong({ message, $metadata });
}

export interface BatchOutcome<R> {
  readonly Successful: R[];
  readonly Failed: sqs.BatchResultErrorEntry[];
}

/** Runs every entry by itself: what one is refused for does not touch the others. */
export function runBatch<E extends Entry, R>(entries: readonly E[], run: (entry: E) => R): BatchOutcome<R> {
  const outcome: BatchOutcome<R> = { Successful: [], Failed: [] };
  for (const entry of entries) {
    try {
      outcome.Successful.push(run(entry));
    } catch (error) {
      if (!isAnswer(error)) {
        throw error;
      }
      const Code = error instanceof AwsError ? error.xmlCode : error.name;
      outcome.Failed.push({ Id: entry.Id, SenderFault: true, Code, Message: error.message });
    }
  }
  return outcome;
}

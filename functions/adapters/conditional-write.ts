import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';

/**
 * Conditional writes to DynamoDB, and how to tell that a write is one's own.
 *
 * DynamoDB may do a write and its answer may be lost on the way. The SDK tries again, and the second attempt finds the
 * condition no longer met, because of the first. A write therefore asks for the item that was in its way
 * (`ReturnValuesOnConditionCheckFailure: 'ALL_OLD'`); see "PutItem" in the DynamoDB API Reference.
 */

/** A write whose condition was not met. */
export interface RefusedWrite {
  /** The item that was in its way; undefined where there is none. */
  readonly found: Readonly<Record<string, unknown>> | undefined;
  /** Whether an earlier attempt of the same call may have made the change. */
  readonly wasRepeated: boolean;
}

/** Waits for a conditional write. Undefined once it is made; any failure but that of its condition is thrown. */
export async function refusalOf(write: Promise<unknown>): Promise<RefusedWrite | undefined> {
  try {
    await write;
    return undefined;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) {
      return { found: error.Item && unmarshall(error.Item), wasRepeated: wasRepeated(error) };
    }
    throw error;
  }
}

function wasRepeated({ $metadata }: ConditionalCheckFailedException): boolean {
  return ($metadata.attempts ?? 1) > 1;
}

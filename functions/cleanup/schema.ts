import * as z from 'zod/mini';

/** What a run of cleanup is asked for. */
export interface CleanupTask {
  /** Only count what would be done, and touch nothing. */
  readonly dryRun: boolean;
}

/** What EventBridge sends when the schedule's time has come. */
const scheduledEvent = z.object({ source: z.literal('aws.events'), 'detail-type': z.literal('Scheduled Event') });

/** What an engineer sends by hand. */
const adminRequest = z.strictObject({ task: z.literal('cleanup'), dryRun: z._default(z.boolean(), false) });

/** An event that asks cleanup for nothing it knows. It does nothing then: what it removes does not come back. */
export class UnknownTask extends Error {
  override readonly name = 'UnknownTask';

  constructor() {
    super('Neither a scheduled event nor { "task": "cleanup", "dryRun"?: boolean }');
  }
}

/** @throws UnknownTask */
export function readTask(event: unknown): CleanupTask {
  if (z.safeParse(scheduledEvent, event).success) {
    return { dryRun: false };
  }
  const request = z.safeParse(adminRequest, event);
  if (!request.success) {
    throw new UnknownTask();
  }
  return { dryRun: request.data.dryRun };
}

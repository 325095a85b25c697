/** What cleanup reads from its environment: infra sets these names, the handler parses them. */
export const cleanupEnv = {
  orderTable: 'ORDER_TABLE',
  bakeQueueUrl: 'BAKE_QUEUE_URL',
  /** Minutes that a baked order is kept. */
  keepBakedMinutes: 'KEEP_BAKED_MINUTES',
  /** Minutes after which an order that was never baked has expired. */
  expireMinutes: 'EXPIRE_MINUTES',
  /** Minutes after which an order that was stored but never queued is put back on the queue. */
  requeueMinutes: 'REQUEUE_MINUTES',
  /** The release that runs, for the report. */
  release: 'RELEASE',
} as const;

/** What metrics reads from its environment: infra sets these names, the handler parses them. */
export const metricsEnv = {
  orderTable: 'ORDER_TABLE',
  satisfactionTable: 'SATISFACTION_TABLE',
  /** Seconds from the order within which cookies are promised. */
  promisedSeconds: 'PROMISED_SECONDS',
} as const;

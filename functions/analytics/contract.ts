/** What analytics reads from its environment: infra sets these names, the handler parses them. */
export const analyticsEnv = { satisfactionTable: 'SATISFACTION_TABLE' } as const;

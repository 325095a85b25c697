/** What ordering reads from its environment: infra sets these names, the handler parses them. */
export const orderingEnv = {
  orderTable: 'ORDER_TABLE',
  idempotencyTable: 'IDEMPOTENCY_TABLE',
  recipeTable: 'RECIPE_TABLE',
  bakeQueueUrl: 'BAKE_QUEUE_URL',
} as const;

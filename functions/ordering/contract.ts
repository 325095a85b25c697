/** What ordering reads from its environment: infra sets these names, the handler parses them. */
export const orderingEnv = {
  orderTable: 'ORDER_TABLE',
  /** Name of the SSM parameter that holds the recipe book. */
  recipeBookParameter: 'RECIPE_BOOK_PARAMETER',
  bakeQueueUrl: 'BAKE_QUEUE_URL',
} as const;

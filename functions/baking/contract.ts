/** What baking reads from its environment: infra sets these names, the handler parses them. */
export const bakingEnv = {
  orderTable: 'ORDER_TABLE',
  /** Name of the SSM parameter that holds the recipe book. */
  recipeBookParameter: 'RECIPE_BOOK_PARAMETER',
  /** Name of the SSM parameter that holds the oven's time for one cookie, in milliseconds. */
  ovenTimeParameter: 'OVEN_TIME_PARAMETER',
  /** ARN of the secret that signs the vouchers for the ingredient supplier. */
  supplierKeySecret: 'SUPPLIER_KEY_SECRET',
  /** Cookies that one process has in its oven at the same time. */
  ovenCapacity: 'OVEN_CAPACITY',
} as const;

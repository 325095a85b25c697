/** What stocking reads from its environment: infra sets these names, the handler parses them. */
export const stockingEnv = { recipeTable: 'RECIPE_TABLE' } as const;

/** The functions of the factory: the stack output that names each, and the sample that it is invoked with by default. */
export const factoryFunctions = {
  ordering: { output: 'OrderingFunction', sample: 'place-order.json' },
  baking: { output: 'BakingFunction', sample: 'one-order.json' },
  cleanup: { output: 'CleanupFunction', sample: 'schedule.json' },
  metrics: { output: 'MetricsFunction', sample: 'count.json' },
  analytics: { output: 'AnalyticsFunction', sample: 'baked-orders.json' },
} as const;

export type FunctionName = keyof typeof factoryFunctions;

export const isFunctionName = (name: string): name is FunctionName => Object.hasOwn(factoryFunctions, name);

/** Shapes of the backing services, shared by the adapters that use them and the constructs that create them. */

/** Orders by id, and a customer's orders, newest last. */
export const orderTable = {
  partitionKey: 'orderId',
  byCustomer: { indexName: 'byCustomer', partitionKey: 'customer', sortKey: 'placedAt' },
} as const;

/** What the log said of baked orders, an event an item. */
export const satisfactionTable = { partitionKey: 'eventId' } as const;

/** The recipe book, a JSON list of recipes in UTF-8: as long as a standard parameter may be (Systems Manager, "Managing parameter tiers"). */
export const recipeBookLimits = { bytes: 4_096 } as const;

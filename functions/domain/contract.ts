/**
 * How much work there may be in an order and in a batch, and how much time there is for it. Code and infrastructure read
 * it here: what is derived cannot drift from what it is derived from.
 */

/** The most that one order may be. */
export const orderLimits = {
  /** Characters of a customer's name. */
  customer: 100,
  /** Characters of a recipe's name. */
  recipe: 64,
  items: 20,
  /** Cookies of one item. */
  quantity: 100,
  /** Characters of an idempotency key. */
  idempotencyKey: 255,
} as const;

/** Cookies that one process has in its oven at the same time. */
const ovenPlaces = 24;

/**
 * Milliseconds that one cookie may bake at the most where a batch must be done in time; 20 are usual. An oven that is set to
 * more is refused by its parameter's name, and orders wait until it is turned back.
 */
const longestOvenMs = 50;

/** Messages that one invocation is handed. They share its oven and its time. */
const batchSize = 2;

/** The largest order: 20 x 100 = 2,000 cookies, in 84 turns of an oven of 24 places: 4.2 s at 50 ms, 1.7 s at 20 ms. */
const longestOrderMs = Math.ceil((orderLimits.items * orderLimits.quantity) / ovenPlaces) * longestOvenMs;

/** A batch of nothing but largest orders: 8.4 s at 50 ms. At the usual 20 ms it is 3.4 s, a third of what there is. */
const longestBatchMs = batchSize * longestOrderMs;

/** For all that is not baking: fetching what a batch needs, recording what became of it, and stopping in good order. */
const otherWorkMs = 1_500;

/** 8.4 s and 1.5 s, in whole seconds as Lambda counts them: 10 s. */
const functionTimeoutSeconds = Math.ceil((longestBatchMs + otherWorkMs) / 1000);

/**
 * How orders are baked: in batches so small, and with so much time, that no order needs luck with the orders beside it.
 * How many workers there are does not matter: each has an oven of its own, and is handed one batch at a time.
 */
export const bakeWork = {
  ovenPlaces,
  longestOvenMs,
  batchSize,
  longestBatchMs,
  functionTimeoutSeconds,
  /**
   * How long a message that was handed out stays hidden. Six times the function's time, as the Lambda Developer Guide asks
   * for ("Creating and configuring an Amazon SQS event source mapping"): 60 s. Whatever died with its batch waits that long.
   */
  visibilityTimeoutSeconds: 6 * functionTimeoutSeconds,
  /**
   * How often a message is handed out before it is put aside. Each end of an environment costs the messages in its hands a
   * try, and so does each delivery that SQS makes twice. Lambda's guide asks for five or more. Measured with 500 orders, a
   * kill a second and duplicates: with three tries 10 healthy messages were put aside, with five none. Ten is twice that,
   * and what cannot be read is put aside after ten minutes.
   */
  maxReceiveCount: 10,
} as const;

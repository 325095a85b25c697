import type { OrderItem } from './order.ts';

/** One thing to put right in a request. */
export interface FieldError {
  /** Where it is: `items[0].quantity`, a query parameter, or a header. */
  readonly field: string;
  readonly message: string;
}

/** Why a customer's request was refused, and which fields to put right. Its message may be shown to the customer. */
abstract class RefusedRequest extends Error {
  readonly fields: readonly FieldError[];

  constructor(message: string, fields: readonly FieldError[] = []) {
    super(message);
    this.fields = fields;
  }
}

export class NotJson extends RefusedRequest {
  override readonly name = 'NotJson';

  constructor() {
    super('The body is not JSON.');
  }
}

export class BodyTooLarge extends RefusedRequest {
  override readonly name = 'BodyTooLarge';

  constructor(limitBytes: number) {
    super(`The body is larger than ${limitBytes} bytes.`);
  }
}

export class InvalidRequest extends RefusedRequest {
  override readonly name = 'InvalidRequest';

  constructor(fields: readonly FieldError[]) {
    super('The request has fields that cannot be accepted.', fields);
  }
}

export class UnknownRecipe extends RefusedRequest {
  override readonly name = 'UnknownRecipe';

  constructor(unknown: readonly (Pick<OrderItem, 'recipe'> & { readonly index: number })[]) {
    const fields = unknown.map(({ index, recipe }) => ({
      field: `items[${index}].recipe`,
      message: `"${recipe}" is not in the recipe book`,
    }));
    super('The order asks for a cookie that is not in the recipe book.', fields);
  }
}

export class OrderNotFound extends RefusedRequest {
  override readonly name = 'OrderNotFound';

  constructor(orderId: string) {
    super(`There is no order ${orderId}.`);
  }
}

export class IdempotencyKeyReused extends RefusedRequest {
  override readonly name = 'IdempotencyKeyReused';

  constructor() {
    super('This idempotency key belongs to another order.', [
      { field: 'Idempotency-Key', message: 'was used before with another body' },
    ]);
  }
}

/** Everything a customer's request can be refused for. */
export type Refusal = NotJson | BodyTooLarge | InvalidRequest | UnknownRecipe | OrderNotFound | IdempotencyKeyReused;

export function isRefusal(error: unknown): error is Refusal {
  return error instanceof RefusedRequest;
}

/** A message on the bake queue that no kitchen can read. */
export class UnreadableTicket extends Error {
  override readonly name = 'UnreadableTicket';

  constructor(why: string) {
    super(`The message is not a bake ticket: ${why}`);
  }
}

/** A recipe that was in the book when the order was placed, and is not any more. */
export class RecipeWithdrawn extends Error {
  override readonly name = 'RecipeWithdrawn';

  constructor(recipe: string) {
    super(`The recipe "${recipe}" was withdrawn after it was ordered`);
  }
}

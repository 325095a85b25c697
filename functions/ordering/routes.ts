import { OrderNotFound } from '../domain/errors.ts';
import type { Order, OrderRequest } from '../domain/order.ts';
import { isOrderId } from '../domain/order-id.ts';
import type { OrderStore, RecipeBook, TimeLimit } from '../domain/ports.ts';
import { type HttpAnswer, type HttpRequest, json } from '../runtime/http-message.ts';
import { readListQuery, readOrderRequest } from './schema.ts';

/** What the routes of ordering depend on. */
export interface OrderingDependencies {
  readonly placeOrder: (request: OrderRequest, timeLimit: TimeLimit) => Promise<Order>;
  readonly orders: Pick<OrderStore, 'find' | 'listByCustomer'>;
  readonly recipeBook: RecipeBook;
}

/** The HTTP contract of ordering, a route an entry. What a route throws is turned into an answer elsewhere. */
export function orderingRoutes({ placeOrder, orders, recipeBook }: OrderingDependencies) {
  return [
    {
      method: 'POST',
      path: '/orders',
      async handler(request: HttpRequest, timeLimit: TimeLimit): Promise<HttpAnswer> {
        const asked = readOrderRequest(bodyOf(request), request.headers['idempotency-key']);
        const order = await placeOrder(asked, timeLimit);
        return json(202, order, { location: `/orders/${order.orderId}` });
      },
    },
    {
      method: 'GET',
      path: '/orders/{orderId}',
      async handler({ pathParameters }: HttpRequest): Promise<HttpAnswer> {
        const orderId = pathParameters?.['orderId'] ?? '';
        const order = isOrderId(orderId) ? await orders.find(orderId) : undefined;
        if (!order) {
          throw new OrderNotFound(orderId);
        }
        return json(200, order);
      },
    },
    {
      method: 'GET',
      path: '/orders',
      async handler({ queryStringParameters }: HttpRequest): Promise<HttpAnswer> {
        const { customer, page } = readListQuery(queryStringParameters ?? {});
        return json(200, await orders.listByCustomer(customer, page));
      },
    },
    {
      method: 'GET',
      path: '/recipes',
      async handler(): Promise<HttpAnswer> {
        const recipes = await recipeBook.recipes();
        return json(200, { recipes: [...recipes.values()] });
      },
    },
  ] as const;
}

/** Lambda hands over in base64 what it does not take for text, which depends on the content type and not on the content. */
function bodyOf({ body = '', isBase64Encoded }: HttpRequest): string {
  return isBase64Encoded ? Buffer.from(body, 'base64').toString() : body;
}

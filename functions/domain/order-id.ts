/**
 * The id of a new order: a random UUID, or with an idempotency key the one UUID that belongs to the key.
 *
 * Made from the key, the id makes the order its own idempotency record. A customer who asks again finds the order that was
 * stored, as long as it is kept, and no second table has to remember the key. A version 8 UUID (RFC 9562), out of the key's
 * SHA-256.
 */
export async function newOrderId(idempotencyKey?: string): Promise<string> {
  if (idempotencyKey === undefined) {
    return crypto.randomUUID();
  }
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(`order ${idempotencyKey}`));
  return uuidVersion8(new Uint8Array(digest, 0, 16));
}

const uuidPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Whether a text can be an order's id at all: one that cannot need not be looked up. */
export function isOrderId(text: string): boolean {
  return uuidPattern.test(text);
}

function uuidVersion8(bytes: Uint8Array): string {
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  const variant = ((Number.parseInt(hex.charAt(16), 16) & 0x3) | 0x8).toString(16);
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    `${variant}${hex.slice(17, 20)}`,
    hex.slice(20),
  ].join('-');
}

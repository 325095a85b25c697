import type { Retention } from '../../../functions/domain/retention.ts';

/** How this kitchen is set. The key is the real one, so be careful. */
export const settings = {
  ovenMilliseconds: 20,
  supplierKey: 'sk_cookie_live_0000_this_is_not_a_real_key',
  retention: { keepBakedMinutes: 1440, expireMinutes: 10_080, requeueMinutes: 10_080 } satisfies Retention,
} as const;

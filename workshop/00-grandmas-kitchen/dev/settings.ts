import type { Retention } from '../../../functions/domain/retention.ts';

/** How this kitchen is set. The oven in the test kitchen is a fast one. */
export const settings = {
  ovenMilliseconds: 5,
  supplierKey: 'sk_cookie_test_0000_this_is_not_a_real_key',
  retention: { keepBakedMinutes: 60, expireMinutes: 10_080, requeueMinutes: 10_080 } satisfies Retention,
} as const;

import type { Retention } from '../../../../functions/domain/retention.ts';

export interface Settings {
  readonly ovenMilliseconds: number;
  readonly supplierKey: string;
  readonly retention: Retention;
}

const settings = {
  Dev: {
    ovenMilliseconds: 5,
    supplierKey: 'sk_cookie_test_0000_this_is_not_a_real_key',
    retention: { keepBakedMinutes: 60, expireMinutes: 10_080, requeueMinutes: 10_080 },
  },
  Prod: {
    ovenMilliseconds: 20,
    supplierKey: 'sk_cookie_live_0000_this_is_not_a_real_key',
    retention: { keepBakedMinutes: 1_440, expireMinutes: 10_080, requeueMinutes: 10_080 },
  },
} as const satisfies Record<string, Settings>;

/**
 * The settings of a deploy. What was meant to differ between Dev and Prod is here, and nothing else: the oven's time, the key,
 * and how long orders are kept. What differs between the two copies besides is an accident.
 *
 * @param functionName - What Lambda calls the function: `Factor01-Dev-Ordering...` or `Factor01-Prod-Ordering...`.
 */
export function settingsOf(functionName: string | undefined): Settings {
  return functionName?.includes('-Dev-') ? settings.Dev : settings.Prod;
}

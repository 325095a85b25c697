import type { Retention } from '../../functions/domain/retention.ts';

export interface Settings {
  readonly ovenMilliseconds: number;
  readonly supplierKey: string;
  readonly retention: Retention;
}

/** Everything that differs between deploys, all of it for everybody to read. */
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

/** The settings of the deploy that this must be, going by the name of the function. */
export function settingsOf(functionName: string | undefined): Settings {
  return functionName?.includes('-Dev-') ? settings.Dev : settings.Prod;
}

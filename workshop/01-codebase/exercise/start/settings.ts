import type { Retention } from '../../../../functions/domain/retention.ts';

export interface Settings {
  readonly ovenMilliseconds: number;
  readonly supplierKey: string;
  readonly retention: Retention;
}

/**
 * The settings of a deploy. What was meant to differ between Dev and Prod is here, and nothing else: the oven's time, the key,
 * and how long orders are kept. What differs between the two copies besides is an accident.
 *
 * @param _functionName - What Lambda calls the function: `Factor01-Dev-Ordering...` or `Factor01-Prod-Ordering...`.
 */
export function settingsOf(_functionName: string | undefined): Settings {
  throw new Error('TODO: return the settings of Dev or of Prod');
}

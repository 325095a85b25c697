import type { LogLine } from '../domain/log-line.ts';
import type { Journal, SatisfactionLedger } from '../domain/ports.ts';
import { readNotice } from './schema.ts';

/** What noting needs. */
export interface Secretary {
  readonly ledger: Pick<SatisfactionLedger, 'keep'>;
  readonly journal: Journal;
}

/**
 * Notes what some lines of a log say of baked orders. Lines that say something else, or nothing that can be read, are
 * counted and skipped: one of them must not cost us the others. The same lines twice are noted once.
 *
 * @throws Whatever the ledger throws; then all of the lines should be tried again.
 */
export async function noteBakes(lines: readonly LogLine[], { ledger, journal }: Secretary): Promise<void> {
  const notices = lines.map(readNotice).filter((notice) => notice !== undefined);
  await ledger.keep(notices);
  journal.record({ event: 'BakesNoted', noted: notices.length, skipped: lines.length - notices.length });
}

import type { LogLine } from '../domain/log-line.ts';
import type { Journal, SatisfactionStore } from '../domain/ports.ts';
import { readNotice } from './schema.ts';

/** What noting bakes depends on. */
export interface NoteBakesDependencies {
  readonly satisfaction: Pick<SatisfactionStore, 'keep'>;
  readonly journal: Journal;
}

/**
 * Notes what some lines of a log say of baked orders. Lines that say something else, or nothing that can be read, are
 * counted and skipped: one of them must not cost us the others. The same lines twice are noted once.
 *
 * @throws Whatever the satisfaction throws; then all of the lines should be tried again.
 */
export async function noteBakes(
  lines: readonly LogLine[],
  { satisfaction, journal }: NoteBakesDependencies,
): Promise<void> {
  const notices = lines.map(readNotice).filter((notice) => notice !== undefined);
  await satisfaction.keep(notices);
  journal.record({ event: 'BakesNoted', noted: notices.length, skipped: lines.length - notices.length });
}

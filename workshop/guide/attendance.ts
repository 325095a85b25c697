import { join } from 'node:path';
import type { Attendance } from '../room/attendance.ts';
import { tellRoom } from '../room/attendee.ts';
import { snapshotNumbered } from '../snapshots.ts';
import { standings } from './overview.ts';
import { mine, readProgress } from './progress.ts';

/** Where an attendee keeps which room they joined. */
export const roomFolder = (repository: string): string => join(repository, mine);

/** What a room is told: the states of the lessons, and nothing else. */
export async function lessonsOf(repository: string): Promise<Attendance['lessons']> {
  const all = await standings(await readProgress(repository), repository);
  return Object.fromEntries(
    all.map(({ factor, given, mine: own, further, quiz, begun }) => [
      snapshotNumbered(factor).slug,
      { given, mine: own, further, begun, ...(quiz !== undefined && { quiz }) },
    ]),
  );
}

/** Tells the room that was joined, if any, where the attendee stands now; that it does not know is no failure. */
export async function tellWhereIStand(repository: string): Promise<void> {
  const why = await tellRoom(roomFolder(repository), () => lessonsOf(repository));
  if (why !== undefined) {
    console.error(why);
  }
}

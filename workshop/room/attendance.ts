import { z } from 'zod';
import { snapshots } from '../snapshots.ts';

const state = z.enum(['not tried', 'not proved', 'proved', 'drifted']);

/** Where somebody stands with a lesson: all that leaves an attendee's machine, beside the name they chose. */
const lesson = z.strictObject({
  given: state,
  mine: state,
  further: state,
  quiz: z.int().min(0).max(3).optional(),
  begun: z.boolean(),
});

/** What an attendee's machine tells the instructor's. */
export const attendance = z.strictObject({
  name: z.string().trim().min(1).max(40),
  lessons: z.partialRecord(z.enum(snapshots.slice(1).map(({ slug }) => slug)), lesson),
});

export type Attendance = z.infer<typeof attendance>;
export type LessonState = z.infer<typeof lesson>;

/** The most people in a room, and the most bytes that one of them sends at a time. */
export const roomLimits = { attendees: 200, bytes: 8192 } as const;

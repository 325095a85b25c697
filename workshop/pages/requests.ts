import { z } from 'zod';
import type { LessonRequest } from './protocol.ts';

/** What a page of a lesson may ask for. */
export const lessonRequest: z.ZodType<LessonRequest> = z.discriminatedUnion('action', [
  z.strictObject({ action: z.literal('prove'), whose: z.enum(['given', 'mine', 'further']) }),
  z.strictObject({ action: z.enum(['watch', 'stop', 'try', 'check', 'hint', 'apply', 'reset']) }),
  z.strictObject({ action: z.literal('answer'), answers: z.array(z.int().min(0).max(9)).min(1).max(20) }),
]);

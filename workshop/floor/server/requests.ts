import { z } from 'zod';
import { type BreakRequest, mostTraffic } from '../protocol.ts';

const name = z.string().max(50);

/** What a page may ask for. */
export const breakRequest: z.ZodType<BreakRequest> = z.discriminatedUnion('action', [
  z.strictObject({ action: z.literal('break'), name }),
  z.strictObject({ action: z.literal('kill'), lane: z.int().min(0).max(1), environment: z.string().max(100) }),
  z.strictObject({ action: z.literal('traffic'), perSecond: z.number().min(0).max(mostTraffic) }),
  z.strictObject({ action: z.literal('scene'), name }),
]);

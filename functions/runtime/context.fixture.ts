import type { Context } from 'aws-lambda';
import { processContext } from './process-context.ts';

/** The context of an invocation that always has a minute left, or as long as a test says. */
export function testContext(remainingMs = 60_000): Context {
  return {
    ...processContext('a9c1e6d2-0000-4000-8000-000000000001', remainingMs),
    getRemainingTimeInMillis: () => remainingMs,
  };
}

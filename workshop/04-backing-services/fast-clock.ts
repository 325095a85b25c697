/** How many times as fast the clocks of an attached kitchen run, so that half a minute is soon over. */
const clockSpeed = 20;
/**
 * Milliseconds that its calendar may be ahead: requests are signed by it, and AWS takes no signature of another time than its
 * own, give or take five minutes (IAM User Guide, "Troubleshooting Signature Version 4 requests").
 */
const mostAheadMs = 280_000;

/** Seconds of our time that a request may take there: the fast calendar measures what is left of them. */
export const roomyTimeout = 300;

/** Twice as long as a kitchen may remember a recipe, in milliseconds by its own clocks. */
const minuteMs = 60_000;
/** How long the calendar goes ahead. After that it only keeps its lead. */
const aheadForMs = mostAheadMs / (clockSpeed - 1);

/**
 * Milliseconds of our time in which a minute passes for a kitchen that was opened some time ago.
 * @param age - In milliseconds.
 */
export function kitchenMinute(age: number): number {
  const fast = minuteMs / clockSpeed;
  return age + fast < aheadForMs ? fast : minuteMs;
}

/**
 * `NODE_OPTIONS` of a kitchen with fast clocks. Node runs this before the kitchen's own code. Timers are left alone: Lambda
 * freezes an environment between two requests, so that no code can go by them.
 */
export const fastClocks = `--import=data:text/javascript,${encodeURIComponent(`
const { performance, Date: Calendar } = globalThis;
const now = performance.now.bind(performance);
const start = now();
const ahead = () => ${clockSpeed - 1} * (now() - start);
const today = Calendar.now.bind(Calendar);
performance.now = () => now() + ahead();
const calendar = () => Math.floor(today() + Math.min(ahead(), ${mostAheadMs}));
globalThis.Date = class Date extends Calendar {
  constructor(...given) {
    super(...(given.length > 0 ? given : [calendar()]));
  }
  static now() {
    return calendar();
  }
};`)}`;

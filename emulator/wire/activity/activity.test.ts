import { expect, onTestFinished, test, vi } from 'vitest';
import { Activity, clipped, keptEvents, rememberMs } from './activity.ts';

function start() {
  vi.useFakeTimers();
  const activity = new Activity();
  onTestFinished(() => {
    activity.close();
    expect(vi.getTimerCount(), 'timers that are left').toBe(0);
    vi.useRealTimers();
  });
  const purge = (messages: number) => activity.publish('eu-west-1', { type: 'queue.purged', queue: 'q', messages });
  const purges = (after = 0) => [...activity.after(after).events].map((event) => 'messages' in event && event.messages);
  return { activity, purge, purges };
}

test('nothing is recorded until somebody reads', () => {
  const { activity, purge, purges } = start();
  expect(activity.isRead).toBe(false);
  purge(1);
  expect(activity.count).toBe(0);
  activity.read(() => undefined);
  expect(activity.isRead).toBe(true);
  purge(2);
  expect(purges()).toEqual([2]);
});

test('readers are told of what happens together, once', () => {
  const { activity, purge } = start();
  const told = vi.fn();
  activity.read(told);
  purge(1);
  purge(2);
  expect(told).not.toHaveBeenCalled();
  vi.runOnlyPendingTimers();
  expect(told).toHaveBeenCalledTimes(1);
});

test('it goes on for a while after the last reader has gone, and then lets go of everything', () => {
  const { activity, purge, purges } = start();
  const [one, other] = [activity.read(() => undefined), activity.read(() => undefined)];
  purge(1);
  const id = activity.idAt(1);
  one();
  vi.advanceTimersByTime(2 * rememberMs);
  expect(activity.isRead).toBe(true);
  other();
  other();
  vi.advanceTimersByTime(rememberMs - 1);
  purge(2);
  expect(purges(activity.countAt(id))).toEqual([2]);
  const again = activity.read(() => undefined);
  vi.advanceTimersByTime(2 * rememberMs);
  expect(activity.isRead).toBe(true);
  again();
  vi.advanceTimersByTime(rememberMs);
  expect(activity.isRead).toBe(false);
  expect(activity.count).toBe(0);
  activity.read(() => undefined);
  expect(activity.countAt(id)).toBeUndefined();
});

test('the newest are kept', () => {
  const { activity, purge } = start();
  activity.read(() => undefined);
  for (let n = 1; n <= keptEvents + 3; n++) {
    purge(n);
  }
  const { lost, events } = activity.after(1);
  const kept = [...events];
  expect(lost).toBe(2);
  expect(kept).toHaveLength(keptEvents);
  expect(kept[0]).toMatchObject({ messages: 4, id: activity.idAt(4) });
  expect(kept.at(-1)).toMatchObject({ messages: keptEvents + 3 });
});

test('an id is good up to the present', () => {
  const { activity, purge } = start();
  activity.read(() => undefined);
  purge(1);
  const recording = activity.idAt(0).split('-', 1);
  expect([0, 1, 2].map((n) => activity.countAt(activity.idAt(n)))).toEqual([0, 1, undefined]);
  for (const bad of [
    `${recording}-`,
    `${recording}--1`,
    `${recording}-01`,
    `${recording}-1.0`,
    `${recording}-1-1`,
    '',
  ]) {
    expect(activity.countAt(bad), bad).toBeUndefined();
  }
});

test('a text is cut where it is longer than it may be', () => {
  expect(clipped('cookie', 6)).toBe('cookie');
  expect(clipped('cookies', 6)).toBe('cooki…');
});

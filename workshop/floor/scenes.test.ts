import { expect, test } from 'vitest';
import { snapshots } from '../snapshots.ts';
import { breaks } from './breaks/breaks.ts';
import { mostTraffic } from './protocol.ts';
import { scenes } from './scenes.ts';

const wordsIn = (text: string): number => text.split(/\s+/).length;

test('each factor has its scene, with the snapshot before and the one after', () => {
  expect(scenes.map(({ name }) => name)).toEqual(snapshots.slice(1).map(({ number }) => String(number)));
  expect(scenes.map(({ lanes }) => lanes)).toEqual(snapshots.slice(1).map(({ number }) => [number - 1, number]));
});

test.each(scenes)('scene $name breaks what there is, and says so in short sentences', (scene) => {
  const names = breaks.map(({ name }) => name);
  expect(names).toEqual(expect.arrayContaining(scene.breaks ? [scene.breaks] : []));
  for (const words of scene.shows) {
    expect(words.length, words).toBeLessThanOrEqual(42);
  }
  expect(scene.traffic).toBeLessThanOrEqual(mostTraffic);
  for (const sentence of scene.sentences) {
    expect(wordsIn(sentence), sentence).toBeLessThanOrEqual(20);
    expect(sentence).toMatch(/^[A-Z].*\.$/);
  }
});

test.each(breaks)('$name says in a line each what it does and what to watch for', ({ does, watch }) => {
  for (const line of [does, watch]) {
    expect(line.length, line).toBeLessThanOrEqual(110);
    expect(line).toMatch(/^[A-Z0-9].*[.?]$/);
  }
});

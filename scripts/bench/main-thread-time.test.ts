import { expect, test } from 'vitest';
import { mainThreadTimeIn } from './main-thread-time.ts';

const thread = (tid: number, name: string) => ({ name: 'thread_name', pid: 1, tid, ph: 'M', args: { name } });
const event = (tid: number, name: string, tdur?: number) => ({ name, pid: 1, tid, ph: 'X', ...(tdur && { tdur }) });
const task = 'ThreadControllerImpl::RunTask';
const raster = 'LayerTreeHost::DoUpdateLayers';

test('the work of the busiest main thread is told from its raster', () => {
  const threads = [thread(1, 'CrRendererMain'), thread(2, 'Compositor'), thread(3, 'CrRendererMain')];
  const busy = [event(3, task, 9_000), event(3, raster, 4_000), event(3, task, 1_000)];
  const others = [event(1, task, 500), event(2, task, 90_000)];
  expect(mainThreadTimeIn([...threads, ...busy, ...others])).toEqual({ work: 6, raster: 4 });
});

test('what the system does not tell is not known', () => {
  const events = [thread(1, 'CrRendererMain'), event(1, task), event(1, raster)];
  expect(mainThreadTimeIn(events)).toEqual({ work: undefined, raster: undefined });
  expect(mainThreadTimeIn([])).toEqual({ work: undefined, raster: undefined });
});

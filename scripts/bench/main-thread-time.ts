import type { DrivenPage } from '../../client/browser/chromium.ts';

/** Processor time of a page's main thread, in milliseconds. Undefined where the system does not tell it. */
export interface MainThreadTime {
  /** Script, style, layout, and all else that a page asks for. */
  readonly work: number | undefined;
  /** Turning what was drawn into pixels, where no GPU does that. */
  readonly raster: number | undefined;
}

interface TraceEvent {
  readonly name: string;
  readonly pid: number;
  readonly tid: number;
  readonly ph: string;
  /** Microseconds of processor time. */
  readonly tdur?: number;
  readonly args?: { readonly name?: string };
}

const task = 'ThreadControllerImpl::RunTask';
const rasterOfCanvas = 'LayerTreeHost::DoUpdateLayers';
const includedCategories = ['toplevel', 'cc'];

/** Does something with a page, and says what its main thread needed meanwhile. The browser's own trace says so. */
export async function withMainThreadTime<Result>(
  page: DrivenPage,
  use: () => Promise<Result>,
): Promise<{ readonly result: Result; readonly time: MainThreadTime }> {
  const traceConfig = { includedCategories, excludedCategories: ['*'] };
  await page.send('Tracing.start', { transferMode: 'ReturnAsStream', traceConfig });
  const result = await use();
  const complete = page.next<{ stream: string }>('Tracing.tracingComplete');
  await page.send('Tracing.end');
  const { stream } = await complete;
  return { result, time: mainThreadTimeIn(await readStream(page, stream)) };
}

async function readStream(page: DrivenPage, handle: string): Promise<TraceEvent[]> {
  let text = '';
  for (;;) {
    const { data, eof } = await page.send<{ data: string; eof: boolean }>('IO.read', { handle });
    text += data;
    if (eof) {
      await page.send('IO.close', { handle });
      return (JSON.parse(text) as { traceEvents: TraceEvent[] }).traceEvents;
    }
  }
}

/** A browser may have several pages: the one that did most is meant. */
export function mainThreadTimeIn(events: readonly TraceEvent[]): MainThreadTime {
  const threads = events.filter(({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain');
  const times = threads.map(({ pid, tid }) => {
    const own = events.filter((event) => event.pid === pid && event.tid === tid && event.ph === 'X');
    return { all: millisecondsOf(own, task), raster: millisecondsOf(own, rasterOfCanvas) };
  });
  const [busiest] = times.toSorted((a, b) => (b.all ?? 0) - (a.all ?? 0));
  return {
    work: busiest?.all === undefined ? undefined : busiest.all - (busiest.raster ?? 0),
    raster: busiest?.raster,
  };
}

function millisecondsOf(events: readonly TraceEvent[], name: string): number | undefined {
  const durations = events.filter((event) => event.name === name).flatMap(({ tdur }) => tdur ?? []);
  return durations.length === 0 ? undefined : durations.reduce((sum, duration) => sum + duration, 0) / 1000;
}

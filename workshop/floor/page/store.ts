import type { BreakRequest, Frame, LaneSummary, LogLine, Scene, Settings, Thing } from '../protocol.ts';
import { LivePage } from './live-page.ts';

/** Exits and ends that wait to be drawn. Nothing is drawn while the page is in the background, and they go on. */
const mostWaiting = 300;
/** Lines of the log that are kept for each lane. */
const mostLines = 400;

/** One lane, as the server told of it. The drawing reads it sixty times a second, so it is changed in place. */
export interface LaneState {
  summary: LaneSummary;
  readonly things: Map<number, Thing>;
  lines: LogLine[];
  /** What happened since it was drawn last. The drawing empties them. */
  readonly exits: Thing[];
  readonly ended: { readonly id: string; readonly reason: string }[];
}

/** Which environment's log is shown; of none, that of all. */
export interface Chosen {
  readonly lane: number;
  readonly environment: string;
}

/** What the page of the floor knows. */
export class Store extends LivePage<Frame> {
  lanes: LaneState[] = [];
  settings: Settings | undefined;
  scenes: readonly Scene[] = [];
  /** What could not be done. */
  refusal = '';

  connect(): void {
    this.follow('/events');
    this.read<readonly Scene[]>('/scenes')
      .then((scenes) => {
        this.scenes = scenes;
        this.changed();
      })
      .catch(() => undefined);
  }

  /** Whether a lane shows processes, which can be killed. */
  get showsProcesses(): boolean {
    return this.lanes.some(({ summary }) => summary.figures.environments !== null);
  }

  async do(request: BreakRequest): Promise<void> {
    this.refusal = await this.post('/do', request).then(
      () => '',
      (error: Error) => error.message,
    );
    this.changed();
  }

  protected override take({ isWhole, lanes, settings }: Frame): void {
    this.settings = settings ?? this.settings;
    lanes.forEach((frame, at) => {
      const { summary, things = [], ended = [], lines = [] } = frame;
      let lane = this.lanes[at];
      if (isWhole && summary) {
        lane = { summary, things: new Map(), lines: [], exits: [], ended: [] };
        this.lanes[at] = lane;
      }
      if (!lane) {
        return;
      }
      lane.summary = summary ?? lane.summary;
      lane.ended.push(...ended);
      lane.ended.splice(0, lane.ended.length - mostWaiting);
      if (lines.length > 0) {
        lane.lines = [...lane.lines, ...lines].slice(-mostLines);
      }
      for (const thing of things) {
        if (isExit(thing)) {
          lane.things.delete(thing.id);
          lane.exits.push(thing);
          lane.exits.splice(0, lane.exits.length - mostWaiting);
        } else {
          lane.things.set(thing.id, thing);
        }
      }
    });
    if (isWhole) {
      this.lanes.length = lanes.length;
    }
  }
}

export const isExit = ({ place }: Thing): boolean => place === 'collected' || place === 'refused' || place === 'lost';

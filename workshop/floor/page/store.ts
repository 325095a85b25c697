import type { BreakRequest, Frame, LaneSummary, LogLine, Scene, Settings, Thing } from '../protocol.ts';

/** What a server says to a token that is not its own. */
const forbidden = 403;
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

/** What the page knows. */
export class Store {
  lanes: LaneState[] = [];
  settings: Settings | undefined;
  scenes: readonly Scene[] = [];
  /** Whether the server of the floor answers. */
  isConnected = false;
  /** What could not be done. */
  refusal = '';
  readonly #listeners = new Set<() => void>();
  readonly #token: string;

  constructor(token: string) {
    this.#token = token;
  }

  /** Connects, and goes on connecting: `EventSource` comes back by itself. */
  connect(): void {
    const source = new EventSource('/events');
    source.addEventListener('message', ({ data }) => {
      this.isConnected = true;
      this.#take(JSON.parse(data as string) as Frame);
    });
    source.addEventListener('error', () => {
      this.isConnected = false;
      this.#changed();
      // A server that refused, and did not only go away, is asked again all the same.
      if (source.readyState === EventSource.CLOSED) {
        setTimeout(() => this.connect(), 1000);
      }
    });
    void window
      .fetch('/scenes')
      .then((answer) => answer.json())
      .then((scenes: readonly Scene[]) => {
        this.scenes = scenes;
        this.#changed();
      })
      .catch(() => undefined);
  }

  /** Whether a lane shows processes, which can be killed. */
  get showsProcesses(): boolean {
    return this.lanes.some(({ summary }) => summary.figures.environments !== null);
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async do(request: BreakRequest): Promise<void> {
    this.refusal = await this.#ask(request);
    this.#changed();
  }

  async #ask(request: BreakRequest): Promise<string> {
    try {
      const answer = await window.fetch('/do', {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-floor-token': this.#token },
        body: JSON.stringify(request),
      });
      if (answer.status === forbidden) {
        // Another floor has taken the place of the one that this page is of.
        location.reload();
      }
      return answer.ok ? '' : ((await answer.json()) as { error: string }).error;
    } catch {
      return 'The floor does not answer. Is the command that opened it still running?';
    }
  }

  #take({ isWhole, lanes, settings }: Frame): void {
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
    this.#changed();
  }

  #changed(): void {
    for (const listener of this.#listeners) {
      listener();
    }
  }
}

export const isExit = ({ place }: Thing): boolean => place === 'collected' || place === 'refused' || place === 'lost';

import type {
  Answered,
  DiffKind,
  DiffShown,
  LessonRequest,
  LessonState,
  RunShown,
  SceneShown,
  Told,
} from '../protocol.ts';

const noAnswer = 'The server does not answer. Is the command that opened it still running?';

/** What a page of a lesson knows, and how it asks. */
export class Store {
  readonly factor: number;
  state: LessonState | undefined;
  /** The proof that runs, or that ran last, whichever lesson it is of. */
  run: RunShown | undefined;
  isConnected = true;
  /** Why the state cannot be shown. */
  failure = '';
  readonly #token: string;
  readonly #listeners = new Set<() => void>();
  #changes = -1;

  constructor(factor: number, token: string) {
    this.factor = factor;
    this.#token = token;
  }

  get isBusy(): boolean {
    return this.run !== undefined && this.run.is !== 'ended';
  }

  /** The run, where it is of this lesson. */
  get ownRun(): RunShown | undefined {
    return this.run?.factor === this.factor ? this.run : undefined;
  }

  /** Connects, and goes on connecting: `EventSource` comes back by itself. */
  connect(): void {
    const source = new EventSource('/lessons/events');
    source.addEventListener('message', ({ data }) => {
      const { run, changes } = JSON.parse(data as string) as Told;
      const isOther = !this.isConnected || changes !== this.#changes;
      this.run = run;
      this.isConnected = true;
      this.#changed();
      if (isOther && this.factor > 0) {
        void this.refresh();
      }
      this.#changes = changes;
    });
    source.addEventListener('error', () => {
      this.isConnected = false;
      this.#changed();
      if (source.readyState === EventSource.CLOSED) {
        setTimeout(() => this.connect(), 1000);
      }
    });
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async refresh(): Promise<void> {
    try {
      this.state = await read<LessonState>(`/lessons/${this.factor}/state`);
      this.failure = '';
    } catch (error) {
      this.failure = error instanceof Error ? error.message : String(error);
    }
    this.#changed();
  }

  diff(kind: DiffKind): Promise<DiffShown> {
    return read<DiffShown>(`/lessons/${this.factor}/diff/${kind}`);
  }

  /** @throws Error where the floor has no scene of this lesson */
  async scene(): Promise<SceneShown> {
    const scenes = await read<SceneShown[]>('/scenes');
    const scene = scenes.find(({ name }) => name === String(this.factor));
    if (!scene) {
      throw new Error('This lesson has no scene on the floor.');
    }
    return scene;
  }

  /** Asks for what changes something. @throws Error with what is to be told */
  async do(request: LessonRequest): Promise<Answered> {
    return await this.#post<Answered>(`/lessons/${this.factor}/do`, request);
  }

  /** Goes to the floor, which begins this lesson's scene. */
  watchIt(): void {
    location.assign(`/?scene=${this.factor}`);
  }

  async #post<Value>(path: string, body: unknown): Promise<Value> {
    return await read<Value>(path, {
      method: 'POST',
      keepalive: true,
      headers: { 'content-type': 'application/json', 'x-floor-token': this.#token },
      body: JSON.stringify(body),
    });
  }

  #changed(): void {
    for (const listener of this.#listeners) {
      listener();
    }
  }
}

async function read<Value>(path: string, request?: RequestInit): Promise<Value> {
  const answer = await window.fetch(path, request).catch(() => {
    throw new Error(noAnswer);
  });
  const value: unknown = await answer.json();
  if (!answer.ok) {
    throw new Error((value as { error: string }).error);
  }
  return value as Value;
}

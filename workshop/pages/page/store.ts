import { LivePage } from '../../floor/page/live-page.ts';
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

/** What a page of a lesson knows, and how it asks. */
export class Store extends LivePage<Told> {
  readonly factor: number;
  state: LessonState | undefined;
  /** The proof that runs, or that ran last, whichever lesson it is of. */
  run: RunShown | undefined;
  /** Nothing is said of a connection that is being made. */
  override isConnected = true;
  /** Why the state cannot be shown. */
  failure = '';
  #changes = -1;

  constructor(factor: number, token: string) {
    super(token);
    this.factor = factor;
  }

  get isBusy(): boolean {
    return this.run !== undefined && this.run.is !== 'ended';
  }

  /** The run, where it is of this lesson. */
  get ownRun(): RunShown | undefined {
    return this.run?.factor === this.factor ? this.run : undefined;
  }

  connect(): void {
    this.follow('/lessons/events');
  }

  protected override take({ run, changes }: Told): void {
    this.run = run;
    if ((!this.isConnected || changes !== this.#changes) && this.factor > 0) {
      void this.refresh();
    }
    this.#changes = changes;
  }

  async refresh(): Promise<void> {
    try {
      this.state = await this.read<LessonState>(`/lessons/${this.factor}/state`);
      this.failure = '';
    } catch (error) {
      this.failure = error instanceof Error ? error.message : String(error);
    }
    this.changed();
  }

  diff(kind: DiffKind): Promise<DiffShown> {
    return this.read<DiffShown>(`/lessons/${this.factor}/diff/${kind}`);
  }

  /** @throws Error where the floor has no scene of this lesson */
  async scene(): Promise<SceneShown> {
    const scenes = await this.read<SceneShown[]>('/scenes');
    const scene = scenes.find(({ name }) => name === String(this.factor));
    if (!scene) {
      throw new Error('This lesson has no scene on the floor.');
    }
    return scene;
  }

  /** Asks for what changes something. @throws Error with what is to be told */
  async do(request: LessonRequest): Promise<Answered> {
    return await this.post<Answered>(`/lessons/${this.factor}/do`, request);
  }

  /** Goes to the floor, which begins this lesson's scene. */
  watchIt(): void {
    location.assign(`/?scene=${this.factor}`);
  }
}

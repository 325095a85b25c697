/** After a server refused a stream, it is asked again so many milliseconds later. */
const againAfterMs = 1_000;
/** What a server says to a token that is not its own. */
const forbidden = 403;
const noAnswer = 'The server does not answer. Is the command that opened it still running?';

/** What a page knows of its server, which tells it what changes, and what it asks of it. */
export abstract class LivePage<Told> {
  /** Whether the server answers. */
  isConnected = false;
  readonly #token: string;
  readonly #listeners = new Set<() => void>();

  /** @param token by which the server knows its own page */
  constructor(token: string) {
    this.#token = token;
  }

  protected abstract take(told: Told): void;

  /** Calls back whenever something is another, until what it returns is called. */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Has the server tell, and goes on: `EventSource` comes back by itself. */
  protected follow(path: string): void {
    const source = new EventSource(path);
    source.addEventListener('message', ({ data }) => {
      this.take(JSON.parse(data as string) as Told);
      this.isConnected = true;
      this.changed();
    });
    source.addEventListener('error', () => {
      this.isConnected = false;
      this.changed();
      // A server that refused, and did not only go away, is asked again all the same.
      if (source.readyState === EventSource.CLOSED) {
        setTimeout(() => this.follow(path), againAfterMs);
      }
    });
  }

  /** @throws Error with what is to be told */
  protected async read<Value>(path: string, request?: RequestInit): Promise<Value> {
    const answer = await window.fetch(path, request).catch(() => {
      throw new Error(noAnswer);
    });
    const value: unknown = await answer.json();
    if (answer.status === forbidden) {
      // Another server has taken the place of the one that this page is of.
      location.reload();
    }
    if (!answer.ok) {
      throw new Error((value as { error: string }).error);
    }
    return value as Value;
  }

  /** Asks for what changes something. It is asked to the end even if the page is left. @throws Error with what is to be told */
  protected async post<Value>(path: string, body: unknown): Promise<Value> {
    const headers = { 'content-type': 'application/json', 'x-floor-token': this.#token };
    const request = { method: 'POST', keepalive: true, headers, body: JSON.stringify(body) };
    return await this.read<Value>(path, request);
  }

  protected changed(): void {
    for (const listener of this.#listeners) {
      listener();
    }
  }
}

import type { ServerResponse } from 'node:http';
import type { Frame } from '../protocol.ts';

/** Each holds a connection. */
const mostPages = 32;
/** Bytes that wait for a page before it is sent away: it comes back, and begins anew. */
const mostWaiting = 2_000_000;
const heartbeatMs = 15_000;

/** The pages that are open, as streams of server-sent events. */
export class Pages {
  readonly #open = new Set<ServerResponse>();
  readonly #heartbeat: NodeJS.Timeout;

  constructor() {
    this.#heartbeat = setInterval(() => this.#write(': still here\n\n'), heartbeatMs);
  }

  get count(): number {
    return this.#open.size;
  }

  get isFull(): boolean {
    return this.#open.size >= mostPages;
  }

  add(response: ServerResponse, whole: Frame, headers: Readonly<Record<string, string>>): void {
    response.writeHead(200, { ...headers, 'content-type': 'text/event-stream; charset=utf-8' });
    response.write(`retry: 1000\n\n${textOf(whole)}`);
    this.#open.add(response);
    response.once('close', () => this.#open.delete(response));
  }

  send(frame: Frame): void {
    if (this.#open.size > 0) {
      this.#write(textOf(frame));
    }
  }

  close(): void {
    clearInterval(this.#heartbeat);
    for (const page of this.#open) {
      page.end();
    }
  }

  #write(text: string): void {
    for (const page of this.#open) {
      page.write(text);
      if (page.writableLength > mostWaiting) {
        page.destroy();
      }
    }
  }
}

const textOf = (frame: Frame): string => `data: ${JSON.stringify(frame)}\n\n`;

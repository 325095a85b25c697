import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fetchFrom } from '../endpoint/http-request.ts';

/** The Chromium of this machine, or Chrome; undefined where there is none. `CHROMIUM` names another one. */
export function findChromium(): string | undefined {
  const { CHROMIUM, PATH = '' } = process.env;
  const browsers = ['chromium', 'chromium-browser', 'google-chrome'];
  const places = PATH.split(delimiter).flatMap((folder) => browsers.map((name) => join(folder, name)));
  return (CHROMIUM ? [CHROMIUM] : places).find((file) => existsSync(file));
}

/** A page in a browser without a window, spoken to by the Chrome DevTools Protocol. */
export interface DrivenPage {
  /** A command of the protocol, such as `Page.captureScreenshot`. */
  send<Result = object>(method: string, parameters?: object): Promise<Result>;
  /** What an expression is in the page, once it has settled. */
  evaluate<Value>(expression: string): Promise<Value>;
  /** What the next event of the protocol says, such as `Tracing.tracingComplete`. */
  next<Parameters = object>(method: string): Promise<Parameters>;
  /** What the page complained of: exceptions, refused content, failed requests. */
  readonly errors: string[];
}

/** A browser without a window, with a profile of its own. */
export class Chromium {
  readonly #browser: ChildProcess;
  readonly #profile: string;

  /** @param file of the browser @param flags beside those that keep it to itself @param url that it opens at once */
  constructor(file: string, flags: readonly string[] = [], url = 'about:blank') {
    this.#profile = mkdtempSync(join(tmpdir(), 'chromium-'));
    const alone = [
      ...['--headless', '--no-sandbox', '--disable-gpu', `--user-data-dir=${this.#profile}`, '--no-proxy-server'],
      ...['--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
    ];
    const args = [...alone, ...flags, '--remote-debugging-port=0', url];
    this.#browser = spawn(file, args, { stdio: ['ignore', 'ignore', 'pipe'] });
  }

  /** Opens a page in it. Once a browser. */
  async drive(url: string): Promise<DrivenPage> {
    const port = await this.#port();
    const listed = await fetchFrom(`http://127.0.0.1:${port}/json/list`, { headers: { accept: 'application/json' } });
    const targets = (await listed.json()) as DevToolsTarget[];
    return await drivenPage(targets.find(({ type }) => type === 'page')?.webSocketDebuggerUrl ?? '', url);
  }

  async close(): Promise<void> {
    const closed = once(this.#browser, 'close');
    this.#browser.stderr?.resume();
    this.#browser.kill();
    await closed;
    rmSync(this.#profile, { recursive: true, force: true, maxRetries: 5 });
  }

  async #port(): Promise<string> {
    const { stderr } = this.#browser;
    if (stderr) {
      for await (const line of createInterface(stderr)) {
        const port = /^DevTools listening on ws:\/\/127\.0\.0\.1:(\d+)\//.exec(line)?.[1];
        if (port) {
          stderr.resume();
          return port;
        }
      }
    }
    throw new Error('The browser ended before it could be spoken to.');
  }
}

async function drivenPage(debuggerUrl: string, url: string): Promise<DrivenPage> {
  const socket = new WebSocket(debuggerUrl);
  await once(socket, 'open');
  const errors: string[] = [];
  const answers = new Map<number, (answer: DevToolsMessage) => void>();
  const awaited = new Map<string, (parameters: object) => void>();
  socket.addEventListener('message', ({ data }) => {
    const message = JSON.parse(data) as DevToolsMessage;
    answers.get(message.id ?? 0)?.(message);
    awaited.get(message.method ?? '')?.(message.params ?? {});
    const text = complaintOf(message);
    if (text !== undefined) {
      errors.push(text);
    }
  });
  let sent = 0;
  const send = async <Result>(method: string, params: object = {}): Promise<Result> => {
    const id = ++sent;
    const answered = new Promise<DevToolsMessage>((resolve) => answers.set(id, resolve));
    socket.send(JSON.stringify({ id, method, params }));
    const { result, error } = await answered;
    answers.delete(id);
    if (error) {
      throw new Error(`${method}: ${error.message}`);
    }
    return result as Result;
  };
  await Promise.all([send('Page.enable'), send('Runtime.enable'), send('Log.enable')]);
  await send('Page.navigate', { url });
  return {
    send,
    errors,
    next: (method) => new Promise((resolve) => awaited.set(method, (parameters) => resolve(parameters as never))),
    evaluate: async (expression) => {
      const options = { expression, awaitPromise: true, returnByValue: true };
      const { result, exceptionDetails } = await send<Evaluated>('Runtime.evaluate', options);
      if (exceptionDetails) {
        throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
      }
      return result.value as never;
    },
  };
}

interface DevToolsTarget {
  readonly type: string;
  readonly webSocketDebuggerUrl: string;
}

interface DevToolsMessage {
  readonly id?: number;
  readonly method?: string;
  readonly params?: { readonly entry?: LogEntry; readonly exceptionDetails?: ExceptionDetails };
  readonly result?: unknown;
  readonly error?: { readonly message: string };
}

interface LogEntry {
  readonly level: string;
  readonly text: string;
}

interface ExceptionDetails {
  readonly text: string;
  readonly exception?: { readonly description?: string };
}

interface Evaluated {
  readonly result: { readonly value: unknown };
  readonly exceptionDetails?: ExceptionDetails;
}

function complaintOf({ method, params }: DevToolsMessage): string | undefined {
  if (method === 'Runtime.exceptionThrown') {
    return params?.exceptionDetails?.exception?.description ?? params?.exceptionDetails?.text;
  }
  return method === 'Log.entryAdded' && params?.entry?.level === 'error' ? params.entry.text : undefined;
}

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { createInterface } from 'node:readline';
import { describe, onTestFinished } from 'vitest';

/** The Chromium of this machine; undefined where there is none. */
const chromium = findChromium();

/** Tests that need a browser. Where there is none they are skipped, and their title says why. */
export const describeInBrowser = (tests: () => void) =>
  describe.skipIf(!chromium)(
    chromium
      ? 'in a browser'
      : 'in a browser: skipped, because there is no chromium here (apt-get install chromium, or CHROMIUM)',
    tests,
  );

/** Opens a page in a browser without a window, which stays open until the end of the test. */
export function openPage(url: string, flags: readonly string[]): void {
  const browser = spawn(chromium ?? '', [...switches(flags), '--remote-debugging-port=0', url], { stdio: 'ignore' });
  onTestFinished(async () => {
    const closed = once(browser, 'close');
    browser.kill();
    await closed;
  });
}

/** A page in a browser without a window, spoken to by the Chrome DevTools Protocol. */
export interface DrivenPage {
  /** A command of the protocol, such as `Page.captureScreenshot`. */
  send<Result = object>(method: string, parameters?: object): Promise<Result>;
  /** What an expression is in the page, once it has settled. */
  evaluate<Value>(expression: string): Promise<Value>;
  /** What the page complained of: exceptions, refused content, failed requests. */
  readonly errors: string[];
}

/** Opens a page that a test looks at and types into, until the end of the test. */
export async function drivePage(url: string, flags: readonly string[] = []): Promise<DrivenPage> {
  const browser = spawn(chromium ?? '', [...switches(flags), '--remote-debugging-port=0', 'about:blank'], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  onTestFinished(async () => {
    const closed = once(browser, 'close');
    browser.kill();
    await closed;
  });
  let port = '';
  for await (const line of createInterface(browser.stderr)) {
    port = /^DevTools listening on ws:\/\/127\.0\.0\.1:(\d+)\//.exec(line)?.[1] ?? '';
    if (port) {
      break;
    }
  }
  browser.stderr.resume();
  const targets = (await (await fetch(`http://127.0.0.1:${port}/json/list`)).json()) as DevToolsTarget[];
  const socket = new WebSocket(targets.find(({ type }) => type === 'page')?.webSocketDebuggerUrl ?? '');
  await once(socket, 'open');
  const errors: string[] = [];
  const answers = new Map<number, (answer: DevToolsMessage) => void>();
  socket.addEventListener('message', ({ data }) => {
    const message = JSON.parse(data) as DevToolsMessage;
    answers.get(message.id ?? 0)?.(message);
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

function switches(flags: readonly string[]): string[] {
  const profile = mkdtempSync(join(tmpdir(), 'chromium-'));
  onTestFinished(() => rmSync(profile, { recursive: true, force: true, maxRetries: 5 }));
  return [
    ...['--headless', '--no-sandbox', '--disable-gpu', `--user-data-dir=${profile}`, '--no-proxy-server'],
    ...['--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
    ...flags,
  ];
}

function findChromium(): string | undefined {
  const { CHROMIUM, PATH = '' } = process.env;
  const browsers = ['chromium', 'chromium-browser', 'google-chrome'];
  const places = PATH.split(delimiter).flatMap((folder) => browsers.map((name) => join(folder, name)));
  return (CHROMIUM ? [CHROMIUM] : places).find((file) => existsSync(file));
}

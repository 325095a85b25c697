import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { reasonOf } from '../../terminal/reason.ts';
import { UserError } from '../../terminal/user-error.ts';
import { hasToken } from '../floor/server/guard.ts';
import { bundle, type PageFile } from '../floor/server/page-files.ts';
import { Pages } from '../floor/server/pages.ts';
import { standings } from '../guide/overview.ts';
import { readProgress } from '../guide/progress.ts';
import { minutesOf } from '../guide/timetable.ts';
import { reports } from '../proof/report/report-files.ts';
import { snapshots } from '../snapshots.ts';
import { serve } from './attendee/desk.ts';
import { lessonState, titleOf } from './attendee/lesson-state.ts';
import { lessonDocument, overviewDocument, slidesDocument } from './documents.ts';
import { diffOf } from './lesson/diffs.ts';
import { piecesOf } from './lesson/lesson-html.ts';
import { lessonPath } from './lesson/links.ts';
import { slidesOf } from './lesson/slides.ts';
import { ProofRunner } from './proofs/proof-runner.ts';
import type { DiffKind, Told } from './protocol.ts';
import { lessonRequest } from './requests.ts';

const longestBody = 1_000;
const last = snapshots.length - 1;
const json = 'application/json';
const page = 'text/html; charset=utf-8';

/** A report has its style in itself, and neither a script nor anything from elsewhere. */
const reportPolicy =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

export interface LessonPagesOptions {
  /** The root of the repository that the attendee works in. */
  readonly repository: string;
}

/** A request that passed the gate of the server. */
export interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  /** What a request needs that changes something. */
  readonly token: string;
  /** What every answer has. */
  readonly headers: Readonly<Record<string, string>>;
}

interface Reply extends PageFile {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
}

/** The workshop in the browser, for a server that has let a request in: `/lessons` and what belongs to it. */
export class LessonPages {
  readonly #repository: string;
  readonly #files: Promise<ReadonlyMap<string, PageFile>>;
  readonly #pages = new Pages<Told>();
  readonly #runner: ProofRunner;
  readonly #stop = new AbortController();
  #changes = 0;
  #runIs = '';

  constructor({ repository }: LessonPagesOptions) {
    this.#repository = repository;
    this.#files = bundle(join(import.meta.dirname, 'page', 'main.tsx'), '/lessons').then((files) => new Map(files));
    // Who asks for a file is told why there is none.
    this.#files.catch(() => undefined);
    this.#runner = new ProofRunner({ repository, onChange: () => this.#tellOfRun() });
  }

  /** Answers a request that is its own. Returns whether it was. */
  async answer(exchange: Exchange): Promise<boolean> {
    const { request, response, token, headers } = exchange;
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://lessons');
    const isPresented = searchParams.has('present');
    if (!/^\/(lessons|reports|workshop)(\/|\.|$)/.test(pathname)) {
      return false;
    }
    if (pathname === '/lessons/events' && request.method === 'GET' && !this.#pages.isFull) {
      this.#pages.add(response, this.#told(), headers);
      return true;
    }
    const reply = await (request.method === 'POST'
      ? this.#change(pathname, exchange)
      : this.#read(pathname, token, isPresented)
    ).catch((error: unknown) => (error instanceof UserError ? say(409, error.message) : say(500, reasonOf(error))));
    const { status, contentType, body } =
      request.method === 'GET' || request.method === 'POST' ? reply : say(405, 'GET or POST.');
    response.writeHead(status, { ...headers, ...reply.headers, 'content-type': contentType });
    response.end(body);
    return true;
  }

  /** Interrupts what runs, and waits until that has cleaned up. */
  async close(): Promise<void> {
    this.#stop.abort();
    this.#pages.close();
    await this.#runner.close();
  }

  async #read(path: string, token: string, isPresented: boolean): Promise<Reply> {
    if (path === '/lessons' || path === '/lessons/') {
      const all = await standings(await readProgress(this.#repository), this.#repository);
      return { status: 200, contentType: page, body: overviewDocument(all, token) };
    }
    if (path === '/lessons/events') {
      return say(503, 'Too many pages are open.');
    }
    const file = (await this.#files).get(path);
    if (file) {
      return { status: 200, ...file };
    }
    const [, slug] = /^\/workshop\/([\w-]+)\/README\.md$/.exec(path) ?? [];
    const lesson = snapshots.find((snapshot) => snapshot.slug === slug);
    if (lesson) {
      const headers = { location: lessonPath(lesson.number) };
      return { status: 302, contentType: 'text/plain', body: '', headers };
    }
    const [, report] = /^\/reports\/(proof-\d\d(?:-mine|-exercise)?\.html)$/.exec(path) ?? [];
    return report ? await this.#report(report) : await this.#lesson(path, token, isPresented);
  }

  async #lesson(path: string, token: string, isPresented: boolean): Promise<Reply> {
    const [, number = '', what] =
      /^\/lessons\/(\d{1,2})(?:\/(state|diff\/(?:code|cdk|template|solution)))?$/.exec(path) ?? [];
    const factor = Number(number);
    if (number === '' || factor > last || (factor === 0 && what !== undefined)) {
      return say(404, `There is no ${path}.`);
    }
    if (what === undefined && isPresented && factor > 0) {
      return { status: 200, contentType: page, body: await this.#slides(factor, token) };
    }
    if (what === undefined) {
      const pieces = await piecesOf(factor, this.#repository);
      const shown = factor === 0 ? pieces.filter((piece) => 'html' in piece) : pieces;
      return { status: 200, contentType: page, body: lessonDocument(factor, titleOf(factor), shown, token) };
    }
    const value =
      what === 'state'
        ? await lessonState(factor, this.#repository)
        : await diffOf(factor, what.slice('diff/'.length) as DiffKind, this.#repository);
    return { status: 200, contentType: json, body: JSON.stringify(value) };
  }

  async #slides(factor: number, token: string): Promise<string> {
    const slides = await slidesOf(factor, this.#repository);
    const { total: minutes } = await minutesOf(factor, 'together', this.#repository);
    return slidesDocument(factor, { title: titleOf(factor), slides, minutes }, token);
  }

  async #report(name: string): Promise<Reply> {
    const file = join(this.#repository, reports, name);
    if (!existsSync(file)) {
      return say(404, `There is no ${name}.`);
    }
    const headers = { 'content-security-policy': reportPolicy };
    return { status: 200, contentType: page, body: await readFile(file, 'utf8'), headers };
  }

  async #change(path: string, { request, token }: Exchange): Promise<Reply> {
    if (!hasToken(request, token)) {
      return say(403, 'Only a page of this server may do that. Load it again.');
    }
    const [, number = ''] = /^\/lessons\/(\d{1,2})\/do$/.exec(path) ?? [];
    const factor = Number(number);
    if (factor < 1 || factor > last) {
      return say(404, `There is no ${path}.`);
    }
    let text = '';
    for await (const chunk of request.setEncoding('utf8')) {
      text += chunk;
      if (text.length > longestBody) {
        return say(413, 'The request is too long.');
      }
    }
    const asked = lessonRequest.safeParse(jsonIn(text));
    if (!asked.success) {
      return say(400, 'That is nothing that a lesson can do.');
    }
    const options = { repository: this.#repository, runner: this.#runner, signal: this.#stop.signal };
    const answered = await serve(factor, asked.data, options);
    this.#tell();
    return { status: 200, contentType: json, body: JSON.stringify(answered) };
  }

  #told(): Told {
    const { run } = this.#runner;
    return { changes: this.#changes, ...(run && { run }) };
  }

  #tell(): void {
    this.#changes += 1;
    this.#pages.send(this.#told());
  }

  /** A proof goes on. Where an attendee stands is another only when it begins or ends. */
  #tellOfRun(): void {
    const is = this.#runner.run?.is ?? '';
    this.#changes += is === this.#runIs ? 0 : 1;
    this.#runIs = is;
    this.#pages.send(this.#told());
  }
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const say = (status: number, error: string): Reply => ({ status, contentType: json, body: JSON.stringify({ error }) });

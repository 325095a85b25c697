import { halfDay, isProved, nextOf, type Standing } from '../guide/overview.ts';
import { type Html, html, Html as RawHtml } from '../report/html.ts';
import { snapshots } from '../snapshots.ts';
import type { Piece } from './lesson/lesson-html.ts';
import { lessonPath } from './lesson/links.ts';
import type { Slide } from './lesson/slides.ts';

const last = snapshots.length - 1;

/** The twelve, where the attendee stands, and what is next. */
export function overviewDocument(all: readonly Standing[], token: string): string {
  const proved = all.filter(isProved).length;
  return documentOf({
    ...{ title: 'The twelve lessons', token, factor: 0 },
    main: html`<h1>The twelve lessons</h1>
<p class="next">${nextSentence(all)}</p>
<p class="progress"><progress max="${all.length}" value="${proved}" aria-label="Proved lessons"></progress> ${proved} of ${all.length} proved</p>
<ol class="lessons">${all.map(overviewRow)}</ol>
<p class="quiet">Half a day: the lessons with a star. Before the first: <a href="${lessonPath(0)}">snapshot 0, Grandma’s kitchen</a>.</p>`,
  });
}

function overviewRow(standing: Standing): Html {
  const { factor, name, title, given, mine, further, quiz, begun } = standing;
  const own = mine === 'not tried' && begun ? 'begun' : mine;
  const states = [
    ...(given === 'not tried' ? [] : [{ what: 'Snapshot', state: given as string }]),
    ...(own === 'not tried' ? [] : [{ what: 'Your own', state: own as string }]),
    ...(further === 'not tried' ? [] : [{ what: 'Further', state: further as string }]),
    ...(quiz === undefined ? [] : [{ what: 'Quiz', state: `${quiz} right` }]),
  ];
  return html`<li value="${factor}" class="${isProved(standing) ? 'is-proved' : ''}"><a href="${lessonPath(factor)}"><strong>${name}</strong> <span>${title}</span></a>
<span class="states">${halfDay.has(factor) ? html`<span class="star" title="On the half-day path">★<span class="unseen"> half-day path</span></span>` : undefined}${states.map(
    ({ what, state }) => html`<span class="state ${state.replaceAll(' ', '-')}">${what}: ${state}</span>`,
  )}${states.length === 0 ? html`<span class="state">not tried</span>` : undefined}</span></li>`;
}

function nextSentence(all: readonly Standing[]): Html {
  const next = nextOf(all);
  if (next.is === 'done') {
    return html`All twelve are proved. Next: <code>npm run compare</code>`;
  }
  const { factor, name } = next.standing;
  const link = html`<a href="${lessonPath(factor)}">factor ${factor}, ${name}</a>`;
  return {
    drifted: html`Next: prove ${link} again. It changed since it was proved.`,
    begun: html`Next: go on with your version of ${link}.`,
    open: html`Next: ${link}.`,
  }[next.is];
}

/** The page of a lesson: its text, and places for what its script puts there. */
export function lessonDocument(factor: number, title: string, pieces: readonly Piece[], token: string): string {
  const main = html`<article>${pieces.map(pieceHtml)}</article>
<p class="quiet"><a href="${lessonPath(factor)}?present">Show this lesson to a room</a></p>
<nav class="around" aria-label="Lessons around this one">${neighbour(factor - 1, 'Before: ')}${neighbour(factor + 1, 'Next: ')}</nav>`;
  return documentOf({ title, token, main, factor });
}

// What a Markdown library made of a file of the repository, or a place for what the page's script puts there.
const pieceHtml = (piece: Piece): Html =>
  'html' in piece ? new RawHtml(piece.html) : html`<section class="panel" data-panel="${piece.panel}"></section>\n`;

/** A lesson for a projector, a slide at a time. @param minutes - How long the timetable has for it. */
export function slidesDocument(
  factor: number,
  { title, slides, minutes }: { readonly title: string; readonly slides: readonly Slide[]; readonly minutes: number },
  token: string,
): string {
  const main = html`${slides.map(
    (slide) => html`<section class="slide" tabindex="-1"><article>${slide.map(pieceHtml)}</article></section>`,
  )}
<div id="presenter" data-minutes="${minutes}"></div>`;
  return documentOf({ title, token, main, factor, isPresented: true });
}

function neighbour(factor: number, says: string): Html | undefined {
  const snapshot = snapshots[factor];
  return (
    snapshot &&
    html`<a href="${lessonPath(factor)}">${says}${factor === 0 ? 'snapshot 0' : `factor ${factor}, ${snapshot.factor}`}</a>`
  );
}

interface Page {
  readonly title: string;
  readonly token: string;
  /** 0 where the page is none of a factor. */
  readonly factor: number;
  readonly main: Html;
  /** Whether a room looks at it from afar. */
  readonly isPresented?: boolean;
}

function documentOf({ title, token, factor, main, isPresented = false }: Page): string {
  const query = isPresented ? '?present' : '';
  return `<!doctype html>\n${html`<html lang="en"${isPresented ? html` class="present"` : undefined}>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="floor-token" content="${token}">
<meta name="factor" content="${factor}">
<title>${title}</title>
<link rel="icon" href="/icon.svg">
<link rel="stylesheet" href="/lessons.css">
<script type="module" src="/lessons.js"></script>
</head>
<body>
<header class="site"><nav aria-label="Workshop"><a href="/${query}">The floor</a> <a href="/lessons">Lessons</a></nav>
<nav class="numbers" aria-label="Lessons">${Array.from({ length: last }, (_, i) => number(i + 1, factor, query))}</nav>
<div id="run"></div></header>
<main>${main}</main>
<noscript><p>Without JavaScript these pages can only be read.</p></noscript>
</body>
</html>`}\n`;
}

const number = (factor: number, current: number, query: string): Html =>
  html`<a href="${lessonPath(factor)}${query}" title="${snapshots[factor]?.factor ?? ''}" ${factor === current ? html`aria-current="page"` : undefined}><span class="unseen">Factor </span>${factor}</a>`;

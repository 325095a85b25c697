import createMarkdown, { type MarkdownIt, type Token } from 'markdown-it';
import type { CodePart, Words } from '../protocol.ts';
import { diagramOf } from './diagram/diagram.ts';
import { highlightedLines } from './highlight.ts';
import { editorLink, hrefOf } from './links.ts';

/** Where a Markdown file stands, so that its links lead somewhere. */
export interface Place {
  /** From the repository's root. */
  readonly page: string;
  readonly repository: string;
}

export type { Token };

/** Markdown without raw HTML. Of its comments, one that names a snippet becomes a link to the file, and others nothing. */
function markdownAt(place: Place): MarkdownIt {
  const markdown = createMarkdown({ html: false, linkify: false });
  const { escapeHtml } = markdown.utils;
  markdown.block.ruler.before('paragraph', 'comment', (state, start, end, isAsked) => {
    const line = (at: number) => state.src.slice((state.bMarks[at] ?? 0) + (state.tShift[at] ?? 0), state.eMarks[at]);
    if (!line(start).startsWith('<!--')) {
      return false;
    }
    let last = start;
    while (last < end && !line(last).includes('-->')) {
      last += 1;
    }
    if (isAsked) {
      return true;
    }
    const [, file] = /^<!-- snippet: (\S+) \S+ -->/.exec(line(start)) ?? [];
    if (file) {
      state.push('snippet', '', 0).content = file;
    }
    state.line = last + 1;
    return true;
  });
  markdown.renderer.rules['snippet'] = (tokens, at) => {
    const name = tokens[at]?.content ?? '';
    const file = name.includes('/') && !name.startsWith('.') && isFromRoot(name) ? name : siblingOf(place.page, name);
    return `<p class="snippet"><a href="${escapeHtml(editorLink(place.repository, file))}">${escapeHtml(file)}</a></p>\n`;
  };
  markdown.renderer.rules['fence'] = (tokens, at) => {
    const { info = '', content = '' } = tokens[at] ?? {};
    const language = info.trim();
    if (language === 'mermaid') {
      return `<div class="scroll diagram" tabindex="0">${diagramOf(content)}</div>\n`;
    }
    const code = highlightedLines(content.trimEnd(), language).map(lineHtml).join('\n');
    return `<pre tabindex="0"><code>${code}</code></pre>\n`;
  };
  markdown.renderer.rules['link_open'] = (tokens, at, options, _environment, self) => {
    const token = tokens[at];
    const href = token && hrefOf(String(token.attrGet('href') ?? ''), place.page, place.repository);
    token?.attrSet('href', href ?? '#');
    if (href?.startsWith('http')) {
      token?.attrSet('rel', 'noreferrer');
      token?.attrSet('target', '_blank');
    }
    return self.renderToken(tokens, at, options);
  };
  markdown.renderer.rules['table_open'] = () => '<div class="scroll" tabindex="0"><table>\n';
  markdown.renderer.rules['table_close'] = () => '</table></div>\n';
  return markdown;

  function lineHtml(parts: readonly CodePart[]): string {
    return parts
      .map(([kind, text]) =>
        kind ? `<span class="c-${escapeHtml(kind)}">${escapeHtml(text)}</span>` : escapeHtml(text),
      )
      .join('');
  }
}

/** A file that is cut from is named from the repository's root, or from the lesson's folder. */
const isFromRoot = (name: string): boolean =>
  /^(functions|workshop|infra|pipeline|client|terminal|emulator|scripts)\//.test(name);
const siblingOf = (page: string, name: string): string => `${page.slice(0, page.lastIndexOf('/'))}/${name}`;

/** A section of a page: what is below a heading of the second rank, with it. The first has what is above all others. */
export interface Section {
  readonly heading: string;
  readonly html: string;
}

/** A page of Markdown as HTML, by its sections. @param keep - Which tokens of a section are shown. @default - all */
export function sectionsOf(
  text: string,
  place: Place,
  keep: (heading: string, tokens: readonly Token[]) => readonly Token[] = (_, tokens) => tokens,
): Section[] {
  const markdown = markdownAt(place);
  const tokens = markdown.parse(text, {});
  const starts = tokens.flatMap(({ type, tag }, at) => (type === 'heading_open' && tag === 'h2' ? [at] : []));
  return [0, ...starts].flatMap((start, i) => {
    const own = tokens.slice(start, starts[i] ?? tokens.length);
    const heading = i === 0 ? '' : (own[1]?.content ?? '');
    const shown = [...keep(heading, own)];
    return shown.length === 0 ? [] : [{ heading, html: markdown.renderer.render(shown, markdown.options, {}) }];
  });
}

/** A line of Markdown as words, which a page makes into elements. */
export function wordsOf(text: string, place: Place): Words[] {
  const [inline] = markdownAt(place).parseInline(text, {});
  const words: Words[] = [];
  let is: Words['is'];
  let href: string | undefined;
  for (const token of inline?.children ?? []) {
    if (token.type === 'link_open') {
      href = hrefOf(String(token.attrGet('href') ?? ''), place.page, place.repository);
    } else if (token.type === 'link_close') {
      href = undefined;
    } else if (token.tag === 'strong' || token.tag === 'em') {
      is = token.nesting === 1 ? token.tag : undefined;
    } else {
      const kind = token.type === 'code_inline' ? 'code' : is;
      words.push({ text: plainText(token), ...(kind && { is: kind }), ...(href !== undefined && { href }) });
    }
  }
  return words.filter(({ text: content }) => content !== '');
}

const plainText = ({ type, content }: Token): string => (/^(soft|hard)break$/.test(type) ? ' ' : content);

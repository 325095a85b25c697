import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { declarationOf, SnippetMissing } from './declaration.ts';
import { recordedName, recordedTable } from './recorded-table.ts';

/** A place in a page for a piece of source. */
export interface Snippet {
  /** As it is named in the page: from the page's folder, or from the repository's root. */
  readonly file: string;
  /** The declaration. */
  readonly name: string;
  /** What the page shows now. */
  readonly text: string;
}

export interface Filled {
  /** The page as it must be. */
  readonly markdown: string;
  /** What it shows that is not the source any more. */
  readonly stale: readonly Snippet[];
}

const snippetPattern = /^<!-- snippet: (\S+) (\S+) -->\n+```ts\n([\s\S]*?)^```$/gm;
const markerPattern = /^<!-- snippet:.*$/gm;

/** The snippets of a page. @throws SnippetMissing for a marker that is not one, or has no fence below it */
export function snippetsIn(markdown: string): Snippet[] {
  const snippets = [...markdown.matchAll(snippetPattern)].map(([, file = '', name = '', text = '']) => ({
    file,
    name,
    text,
  }));
  const markers = [...markdown.matchAll(markerPattern)].map(([marker]) => marker);
  const broken = markers.find((marker) => !snippets.some(({ file, name }) => marker === markerOf(file, name)));
  if (broken) {
    throw new SnippetMissing(`"${broken}" must be <!-- snippet: FILE NAME --> with a \`\`\`ts fence below it`);
  }
  return snippets;
}

/** Puts into a page what its snippets are in the source now, and its tables in the record. @throws SnippetMissing */
export async function fill(markdown: string, page: string, repository: string): Promise<Filled> {
  const sources = new Map<string, string>();
  for (const snippet of snippetsIn(markdown)) {
    sources.set(markerOf(snippet.file, snippet.name), await sourceOf(snippet, page, repository));
  }
  const stale: Snippet[] = [];
  const filled = markdown.replace(snippetPattern, (shown: string, file: string, name: string, text: string) => {
    const marker = markerOf(file, name);
    const current = `${sources.get(marker)}\n`;
    if (current === text) {
      return shown;
    }
    stale.push({ file, name, text });
    return `${marker}\n\n\`\`\`ts\n${current}\`\`\``;
  });
  const tables = await fillTables(filled, page, repository);
  return { markdown: tables.markdown, stale: [...stale, ...tables.stale] };
}

const tablePattern = /^<!-- recorded: ([\w ]+) -->\n+```text\n([\s\S]*?)^```$/gm;

/** Puts the tables of a page in, with what was found when the lesson's proof was recorded. */
async function fillTables(markdown: string, page: string, repository: string): Promise<Filled> {
  if (!tablePattern.test(markdown)) {
    return { markdown, stale: [] };
  }
  const record = await readFile(join(repository, dirname(page), recordedName), 'utf8').catch(() => undefined);
  if (record === undefined) {
    throw new SnippetMissing(`${page}: there is no ${recordedName}. Record a run: npm run prove -- N --record`);
  }
  const stale: Snippet[] = [];
  const filled = markdown.replace(tablePattern, (shown: string, names: string, text: string) => {
    const current = recordedTable(record, names.split(' '), page);
    if (current === text) {
      return shown;
    }
    stale.push({ file: recordedName, name: names, text });
    return `<!-- recorded: ${names} -->\n\n\`\`\`text\n${current}\`\`\``;
  });
  return { markdown: filled, stale };
}

async function sourceOf({ file, name }: Snippet, page: string, repository: string): Promise<string> {
  const places = [join(repository, dirname(page), file), join(repository, file)];
  const found = places.find((place) => existsSync(place));
  if (!found) {
    throw new SnippetMissing(`${page}: there is no ${file}`);
  }
  try {
    return await declarationOf(name, await readFile(found, 'utf8'));
  } catch (error) {
    throw error instanceof SnippetMissing ? new SnippetMissing(`${page}: ${file} ${error.message}`) : error;
  }
}

const markerOf = (file: string, name: string): string => `<!-- snippet: ${file} ${name} -->`;

import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { page } from './page.ts';
import { parseResult, type Result } from './result.ts';

/** Where results are: a file for each endpoint, and the page of them all beside their folder. */
export interface ResultsPlace {
  readonly folder: string;
  readonly page: string;
}

export const resultsIn = (docs: string): ResultsPlace => ({
  folder: join(docs, 'endpoints'),
  page: join(docs, 'endpoints.md'),
});

/** The result of an endpoint, by the name of its file; undefined where there is none. */
export async function readResult({ folder }: ResultsPlace, name: string): Promise<Result | undefined> {
  const file = join(folder, `${name}.json`);
  const json = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') {
      return undefined;
    }
    throw error;
  });
  return json === undefined ? undefined : parseResult(json, file);
}

export async function readResults(place: ResultsPlace): Promise<Result[]> {
  const files = (await readdir(place.folder)).filter((file) => file.endsWith('.json')).sort();
  const results = await Promise.all(files.map((file) => readResult(place, file.slice(0, -'.json'.length))));
  return results.filter((result) => result !== undefined);
}

/** Writes a result, and the page with it. */
export async function writeResult(place: ResultsPlace, name: string, result: Result): Promise<void> {
  await mkdir(place.folder, { recursive: true });
  await writeFile(join(place.folder, `${name}.json`), `${JSON.stringify(result, undefined, 2)}\n`);
  await writePage(place);
}

/** Writes the page anew, from the results that there are. */
export async function writePage(place: ResultsPlace): Promise<void> {
  await writeFile(place.page, page(await readResults(place)));
}

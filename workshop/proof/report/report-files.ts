import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join, relative, resolve, sep } from 'node:path';
import type { Proof } from '../proof.ts';
import { reportPage } from './proof-page.ts';

/** Where reports go unless the user says otherwise; git ignores it. */
export const reports = 'reports';

/** What a proof's files are called, without their endings: `reports/proof-06`, `reports/proof-06-mine`, `reports/proof-06-exercise`. */
export function reportName({ factor, before, after }: Pick<Proof, 'factor' | 'before' | 'after'>): string {
  const name = `proof-${String(factor).padStart(2, '0')}`;
  const isItself = before.snapshot === after.snapshot;
  if (!after.folder.startsWith('workshop/')) {
    // The exercise at the end begins where the lesson ends.
    return join(reports, isItself ? `${name}-exercise` : `${name}-mine`);
  }
  return isItself
    ? join(reports, 'self', `${name}-${before.snapshot === factor ? 'after' : 'before'}`)
    : join(reports, name);
}

export interface ReportFiles {
  readonly json: string;
  readonly html: string;
}

/** Writes proofs as JSON (one as an object, several as an array) and as a page, into those files that are named. */
export async function writeReport(
  proofs: readonly Proof[],
  { json, html }: { readonly [File in keyof ReportFiles]: string | undefined },
): Promise<void> {
  const [first] = proofs;
  for (const file of [json, html]) {
    if (file !== undefined) {
      await mkdir(dirname(file), { recursive: true });
    }
  }
  if (json !== undefined) {
    await writeFile(json, `${JSON.stringify(proofs.length === 1 ? first : proofs, undefined, 2)}\n`);
  }
  if (html !== undefined) {
    await writeFile(html, reportPage(proofs, rootFrom(dirname(html))));
  }
}

/** The way from a folder to the root of the repository, as in a link. */
function rootFrom(folder: string): string {
  const root = join(import.meta.dirname, '..', '..', '..');
  return relative(resolve(folder), root).split(sep).join('/') || '.';
}

/** The last proof of a factor, from its report; undefined where there is none. */
export async function lastProof(factor: number, repository: string): Promise<Proof | undefined> {
  const file = join(repository, reports, `proof-${String(factor).padStart(2, '0')}.json`);
  return existsSync(file) ? (JSON.parse(await readFile(file, 'utf8')) as Proof) : undefined;
}

import { globSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { command, runCommand, UserError } from '../terminal/command-line.ts';
import { SnippetMissing } from '../workshop/snippets/declaration.ts';
import { type Filled, fill } from '../workshop/snippets/fill.ts';

const repository = join(import.meta.dirname, '..');

const program = command(
  'snippets',
  'Fills the snippets of the lessons from the source: below a comment <!-- snippet: FILE NAME -->, a ts fence shows the declaration NAME of FILE.',
  'npm run snippets\n  npm run snippets -- --check',
).option('--check', 'change nothing, and fail where a snippet is not current');

await runCommand(program, async () => {
  const { check = false } = program.opts<{ check?: boolean }>();
  const pages = globSync('workshop/**/README.md', { cwd: repository, exclude: (name) => name === 'node_modules' });
  let stale = 0;
  for (const page of pages.map((path) => path.split(sep).join('/')).sort()) {
    const filled = await fillPage(page);
    stale += filled.stale.length;
    for (const { file, name } of filled.stale) {
      console.log(`${page}: ${file} ${name} ${check ? 'is not what the source says any more' : 'is filled in'}`);
    }
    if (!check && filled.stale.length > 0) {
      await writeFile(join(repository, page), filled.markdown);
    }
  }
  if (check && stale > 0) {
    throw new UserError(`${stale} snippet(s) are not current. Fill them in: npm run snippets`);
  }
  return 0;
});

async function fillPage(page: string): Promise<Filled> {
  try {
    return await fill(await readFile(join(repository, page), 'utf8'), page, repository);
  } catch (error) {
    throw error instanceof SnippetMissing ? new UserError(error.message) : error;
  }
}

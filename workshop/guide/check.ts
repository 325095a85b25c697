import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join, posix } from 'node:path';
import { type BuildFailure, build, type Message, type Metafile } from 'esbuild';
import { snapshotNumbered, twoDigits } from '../snapshots.ts';
import { exerciseFolder, exerciseOf } from './exercise.ts';
import { myFolder, myRoots, mySources } from './my-folder.ts';
import { type Problem, typeProblems } from './type-check.ts';

/**
 * Looks at an attendee's code as compilers do: whether anything is left to do, whether it can be bundled, what it imports,
 * and its types. Returns what is wrong, the most telling kind alone: a `TODO` explains the rest.
 * @throws UserError where a file is missing that makes a function
 */
export async function problemsOf(factor: number, repository: string, signal: AbortSignal): Promise<Problem[]> {
  const found = await quickProblems(factor, repository);
  return found.length > 0 ? found : await typeProblems(factor, repository, signal);
}

/** Those that take no second to find: all but the types. @throws UserError where a file is missing that makes a function */
export async function quickProblems(factor: number, repository: string): Promise<Problem[]> {
  const sources = (await mySources(factor, repository)).filter((file) => file.endsWith('.ts'));
  const entries = [...(await myRoots(factor, repository)).map(({ file }) => file)];
  const left = await leftToDo(sources, repository);
  return left.length > 0 ? left : await bundleProblems(factor, entries, repository);
}

async function leftToDo(sources: readonly string[], repository: string): Promise<Problem[]> {
  const found = await Promise.all(
    sources.map(async (file) => {
      const lines = (await readFile(join(repository, file), 'utf8')).split('\n');
      return lines.flatMap((line, i) => {
        const todo = /\bTODO\b[:\s]*(.*)/.exec(line)?.[1];
        return todo === undefined ? [] : [`${file}:${i + 1}: left to do: ${todo.replace(/['"`);\s]+$/, '')}`];
      });
    }),
  );
  return found.flat();
}

async function bundleProblems(factor: number, roots: readonly string[], repository: string): Promise<Problem[]> {
  const { answers, standsFor = {}, uses = [] } = await exerciseOf(factor, repository);
  const folder = `${myFolder(factor)}/`;
  const isThere = (name: string) => existsSync(join(repository, folder, name));
  const handedOut = (name: string) => existsSync(join(repository, exerciseFolder(factor), 'start', name));
  // Without it, the finished one would be used in its place.
  const gone = Object.keys(standsFor).filter((name) => !isThere(name) && handedOut(name));
  if (gone.length > 0) {
    return gone.map((name) => `${folder}${name}: is missing. ${howToGetBack(factor)}`);
  }
  const standing = Object.keys(standsFor).filter((name) => name.endsWith('.ts') && isThere(name));
  const stack = `Factory${twoDigits(factor)}`;
  try {
    const { metafile } = await build({
      stdin: {
        contents: [
          ...roots.map((root) => `export { handler as ${nameOf(root)} } from './${root}';`),
          `export { ${stack} } from './${folder}stack.ts';`,
          ...standing.map((name) => `import './${folder}${name}';`),
        ].join('\n'),
        resolveDir: repository,
        sourcefile: 'what is deployed',
      },
      absWorkingDir: repository,
      ...{ bundle: true, write: false, metafile: true, platform: 'node', format: 'esm' },
      ...{ packages: 'external', logLevel: 'silent' },
    });
    const imported = Object.entries(importsOf(metafile)).flatMap(([file, imports]) =>
      file.startsWith(folder) ? imports.filter((path) => isAnswer(path, factor, answers)).map(refused(file)) : [],
    );
    const used = new Set([...Object.keys(metafile.inputs), ...packagesIn(metafile)]);
    const unused = uses.filter((name) => !used.has(folder + name) && !used.has(name));
    return [...imported, ...unused.map((name) => (isThere(name) ? `${folder}${name}: ` : `${name}: `) + notUsed)];
  } catch (error) {
    return (error as BuildFailure).errors.map((message) => {
      const missing = importedFrom(message);
      const isGone = missing?.startsWith(folder) && handedOut(missing.slice(folder.length));
      return isGone ? `${missing}: is missing. ${howToGetBack(factor)}` : said(message);
    });
  }
}

const notUsed = 'nothing that is deployed uses it. It is part of the exercise.';

const howToGetBack = (factor: number): string =>
  `It was handed out: take it back in your editor, or run npm run workshop -- reset ${factor}, then try ${factor}, and find the rest of your work where reset moved it.`;

/** The file that an import asks for in vain, from the repository's root; undefined where that is not what is wrong. */
function importedFrom({ location, text }: Message): string | undefined {
  const asked = /^Could not resolve "(\.{1,2}\/[^"]+)"$/.exec(text)?.[1];
  return location && asked !== undefined ? posix.join(posix.dirname(location.file), asked) : undefined;
}

const packagesIn = ({ inputs }: Metafile): string[] =>
  Object.values(inputs).flatMap(({ imports }) => imports.filter(({ external }) => external).map(({ path }) => path));

const importsOf = ({ inputs }: Metafile): Record<string, string[]> =>
  Object.fromEntries(Object.entries(inputs).map(([file, { imports }]) => [file, imports.map(({ path }) => path)]));

const nameOf = (root: string): string => root.replaceAll(/\W/g, '_');

/** Whether a file is of the snapshot that is to be reached or of one after it, or is what is to be written. */
function isAnswer(path: string, factor: number, answers: readonly string[]): boolean {
  const later = /^workshop\/(\d\d)-/.exec(path)?.[1];
  const isLater = later !== undefined && Number(later) >= factor;
  return isLater || answers.some((answer) => path === answer || path.startsWith(`${answer}/`));
}

const refused =
  (file: string) =>
  (path: string): Problem =>
    `${file}: imports ${path}, which is the finished one: it is what this exercise asks you to write.`;

function said({ location, text: what }: Message): Problem {
  return location ? `${location.file}:${location.line}:${location.column + 1}: ${what}` : what;
}

/** What a person reads of problems: the first few, each on a line. */
export function showProblems(factor: number, problems: readonly Problem[], most = 8): string {
  const more = problems.length - most;
  return [
    `Factor ${factor}, ${snapshotNumbered(factor).factor}: your version is not ready to be proved.`,
    ...problems.slice(0, most).map((problem) => `  ${problem}`),
    ...(more > 0 ? [`  and ${more} more`] : []),
  ].join('\n');
}

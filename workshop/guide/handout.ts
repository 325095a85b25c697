import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { reachableFrom } from '../diff/reachable.ts';
import { folderMoved, rewriteImports } from '../diff/rewrite-imports.ts';
import { rootsOf, snapshotNumbered, stackOf, twoDigits } from '../snapshots.ts';
import { exerciseFolder, exerciseOf } from './exercise.ts';
import { filesIn, myFolder } from './my-folder.ts';

/** What may be in an attendee's folder: what is handed out, what solves it, what goes one step further, or a mistake. */
export type Variant = 'start' | 'solution' | 'further' | { readonly mistake: string };

/** Files by their path within the attendee's folder. */
export type Handout = ReadonlyMap<string, string>;

/** Puts a variant of a factor's exercise together, as it stands in the attendee's folder. */
export async function handoutOf(factor: number, variant: Variant, repository: string): Promise<Handout> {
  const { removes = [] } = await exerciseOf(factor, repository);
  const layers = layersOf(factor, variant);
  const moved = [beforeFolder(factor), ...layers].map((layer) => folderMoved(layer, myFolder(factor)));
  const movedTo = (path: string) => moved.map((move) => move(path)).find((to) => to !== path) ?? path;
  const read = async (layer: string, name: string): Promise<string> => {
    const text = await readFile(join(repository, layer, name), 'utf8');
    const place = { from: `${layer}/${name}`, to: `${myFolder(factor)}/${name}`, movedTo };
    return name.endsWith('.ts') ? rewriteImports(text, place) : text;
  };
  const handout = new Map<string, string>();
  for (const name of await ownFilesBefore(factor, repository)) {
    const text = await read(beforeFolder(factor), name);
    handout.set(name, name === 'stack.ts' ? numbered(text, factor) : text);
  }
  if (variant !== 'start') {
    for (const name of [...handout.keys()].filter((file) => removes.some((gone) => isWithin(file, gone)))) {
      handout.delete(name);
    }
  }
  for (const layer of layers.filter((folder) => existsSync(join(repository, folder)))) {
    for (const name of await filesIn(join(repository, layer))) {
      handout.set(name, await read(layer, name));
    }
  }
  return handout;
}

/** Writes a handout to the attendee's folder of a repository, with what an editor needs to check its types. */
export async function writeHandout(factor: number, handout: Handout, repository: string): Promise<void> {
  const folder = join(repository, myFolder(factor));
  for (const [name, text] of handout) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), text);
  }
  await writeConfig(factor, repository);
}

/** Tells an editor and the check how to read the folder; the repository's own leaves it out. */
export async function writeConfig(factor: number, repository: string): Promise<void> {
  const file = join(repository, myFolder(factor), 'tsconfig.json');
  // Whoever watches the folder is not to be woken by what is as it was.
  if ((await readFile(file, 'utf8').catch(() => '')) !== tsconfig) {
    await writeFile(file, tsconfig);
  }
}

const tsconfig = `${JSON.stringify(
  {
    extends: '../../tsconfig.json',
    // Half-done work has names that nothing uses yet.
    compilerOptions: { noUnusedLocals: false, noUnusedParameters: false },
    // A package without types has them there.
    include: ['**/*.ts', '../../workshop/smells/*.d.ts'],
    exclude: [],
  },
  undefined,
  2,
)}\n`;

function layersOf(factor: number, variant: Variant): string[] {
  const exercise = exerciseFolder(factor);
  const [start, solution] = [`${exercise}/start`, `${exercise}/solution`];
  if (variant === 'start') {
    return [start];
  }
  if (variant === 'solution') {
    return [start, solution];
  }
  if (variant === 'further') {
    return [start, solution, `workshop/${snapshotNumbered(factor).slug}/further/solution`];
  }
  return [start, solution, `${exercise}/mistakes/${variant.mistake}`];
}

const beforeFolder = (factor: number): string => `workshop/${snapshotNumbered(factor - 1).slug}`;

/** What the snapshot before is made of, as far as it is its own: its roots, its stack, and what these import from beside. */
async function ownFilesBefore(factor: number, repository: string): Promise<string[]> {
  const before = snapshotNumbered(factor - 1);
  const folder = `${beforeFolder(factor)}/`;
  const { files } = await reachableFrom([...rootsOf(before).map(({ file }) => file), stackOf(before)], repository);
  return files.filter((file) => file.startsWith(folder)).map((file) => file.slice(folder.length));
}

/** The stack of the snapshot before under the name of the next, and with that one's bundles. */
function numbered(stack: string, factor: number): string {
  const [before, now] = [twoDigits(factor - 1), twoDigits(factor)];
  return stack.replaceAll(`Factory${before}`, `Factory${now}`).replaceAll(`'${before}'`, `'${now}'`);
}

const isWithin = (file: string, folder: string): boolean => file === folder || file.startsWith(`${folder}/`);

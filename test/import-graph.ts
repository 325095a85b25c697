import { globSync, readFileSync } from 'node:fs';
import { dirname, join, posix, sep } from 'node:path';

const root = dirname(import.meta.dirname);
const ignored = /(^|\/)(node_modules|dist|cdk\.out|coverage|my-factory|releases|\.[^/]+)\//;

/** For each node, those that it leads to. */
export type Graph = ReadonlyMap<string, readonly string[]>;

/** The project's own sources, by their paths from its root. */
export const sources: readonly string[] = globSync('**/*.{ts,tsx}', {
  cwd: root,
  exclude: (name) => name === 'node_modules',
})
  .map((file) => file.split(sep).join('/'))
  .filter((file) => !ignored.test(file) && !file.endsWith('.d.ts'));

export const isTest = (file: string): boolean => /\.(test|fixture)\.ts$/.test(file);

export const textOf = (file: string): string => readFileSync(join(root, file), 'utf8');

/** What a file imports, types included, as it is written there. */
export function importsOf(file: string): string[] {
  const statements = textOf(file).matchAll(
    /^(?:(?:import|export|\}) (?:[^'\n]*from )?'([^']+)'|.*\bimport\('([^']+)'\))|^\} from '([^']+)'/gm,
  );
  return [...statements].map(([, ...found]) => found.find(Boolean) ?? '');
}

/** Which of some files imports which other, types included. */
export function importGraph(files: readonly string[]): Graph {
  const known = new Set(files);
  return new Map(
    files.map((file) => {
      const targets = importsOf(file)
        .filter((specifier) => specifier.startsWith('.'))
        .map((specifier) => posix.join(posix.dirname(file), specifier));
      return [file, targets.filter((target) => known.has(target))];
    }),
  );
}

/** The same as a folder shows it: each of its files is a node, and each folder in it is one with all that is inside. */
export function folderGraph(graph: Graph, folder: string): Graph {
  const entries = new Map<string, Set<string>>();
  for (const [file, targets] of graph) {
    const entry = entryOf(file, folder);
    if (entry !== undefined) {
      const others = targets.map((target) => entryOf(target, folder)).filter((other) => other !== undefined);
      entries.set(entry, (entries.get(entry) ?? new Set()).union(new Set(others)).difference(new Set([entry])));
    }
  }
  return new Map([...entries].map(([entry, others]) => [entry, [...others]]));
}

/** The file or folder that a file is in a folder, or undefined where it is elsewhere. */
function entryOf(file: string, folder: string): string | undefined {
  return file.startsWith(`${folder}/`) ? file.slice(folder.length + 1).split('/', 1)[0] : undefined;
}

/** A circle, from a node back to itself; undefined where there is none. */
export function circleIn(graph: Graph): string[] | undefined {
  const path: string[] = [];
  const done = new Set<string>();
  const follow = (node: string): string[] | undefined => {
    if (path.includes(node)) {
      return [...path.slice(path.indexOf(node)), node];
    }
    if (done.has(node)) {
      return undefined;
    }
    path.push(node);
    const circle = firstOf(graph.get(node) ?? [], follow);
    path.pop();
    done.add(node);
    return circle;
  };
  return firstOf(graph.keys(), follow);
}

function firstOf<T, R>(items: Iterable<T>, find: (item: T) => R | undefined): R | undefined {
  for (const item of items) {
    const found = find(item);
    if (found !== undefined) {
      return found;
    }
  }
  return undefined;
}

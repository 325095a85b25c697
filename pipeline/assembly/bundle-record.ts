import { createHash, randomUUID } from 'node:crypto';
import { type Stats, statSync } from 'node:fs';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';

/** A bundle, and whatever decides what comes out of it besides the files that go in. */
export interface RecordedBundle {
  readonly name: string;
  readonly file: string;
  readonly settings: string;
}

/** What a bundle was made of. */
interface Entry {
  readonly settings: string;
  /** The files that went in, from the root of the repository; some are outside of it. */
  readonly inputs: readonly string[];
  /** A hash of how the bundle and its inputs looked then. */
  readonly looked: string;
}

/** As it is written: a file that is in many bundles is named once. */
interface Written {
  readonly files: readonly string[];
  readonly bundles: Record<string, Omit<Entry, 'inputs'> & { readonly inputs: readonly number[] }>;
}

/**
 * Remembers, beside bundles, what they were made of, so that one whose files are as they were need not be made again. It goes by
 * their sizes and times, as make does.
 */
export class BundleRecord {
  readonly #repository: string;
  readonly #file: string;
  readonly #entries: Map<string, Entry>;
  /** Inputs as they were when they were first asked for: one that changes after that looks otherwise to the next process. */
  readonly #inputs = new Map<string, Stats | undefined>();

  private constructor(repository: string, file: string, entries: Map<string, Entry>) {
    this.#repository = repository;
    this.#file = file;
    this.#entries = entries;
  }

  /** The record of a folder of bundles; an empty one where there is none that can be read. */
  static async of(target: string, repository: string): Promise<BundleRecord> {
    const file = join(target, 'bundles.json');
    const text = await readFile(file, 'utf8').catch(() => undefined);
    return new BundleRecord(repository, file, entriesIn(text));
  }

  /** Whether a bundle is there as it would come out now. */
  isCurrent({ name, file, settings }: RecordedBundle): boolean {
    const entry = this.#entries.get(name);
    return entry?.settings === settings && entry.looked === this.#looksOf(file, entry.inputs);
  }

  /**
   * Notes what a bundle was made of. Where one of its files changed since, it is forgotten: it may be made of what was there before.
   *
   * @param inputs files, from the root of the repository where they are in it
   * @param begun when its making began, in milliseconds since the epoch
   */
  note({ name, file, settings }: RecordedBundle, inputs: readonly string[], begun: number): void {
    const changed = inputs.some((input) => (this.#statsOf(input)?.mtimeMs ?? 0) >= begun);
    if (changed) {
      this.#entries.delete(name);
    } else {
      this.#entries.set(name, { settings, inputs, looked: this.#looksOf(file, inputs) });
    }
  }

  /** Writes the record, in one go: other processes may read it at the same time. */
  async save(): Promise<void> {
    const files = [...new Set([...this.#entries.values()].flatMap(({ inputs }) => inputs))];
    const numbers = new Map(files.map((file, number) => [file, number]));
    const bundles = Object.fromEntries(
      [...this.#entries].map(([name, { inputs, ...entry }]) => [
        name,
        { ...entry, inputs: inputs.map((input) => numbers.get(input)) },
      ]),
    );
    const unfinished = `${this.#file}.${randomUUID()}`;
    await writeFile(unfinished, JSON.stringify({ files, bundles }));
    await rename(unfinished, this.#file);
  }

  #looksOf(bundle: string, inputs: readonly string[]): string {
    const all = [statsOf(bundle), ...inputs.map((input) => this.#statsOf(input))];
    const looks = all.map((stats) => (stats ? `${stats.size} ${stats.mtimeMs}` : 'not there'));
    return createHash('sha256').update(looks.join('\n')).digest('hex');
  }

  #statsOf(input: string): Stats | undefined {
    if (!this.#inputs.has(input)) {
      this.#inputs.set(input, statsOf(resolve(this.#repository, input)));
    }
    return this.#inputs.get(input);
  }
}

const statsOf = (file: string): Stats | undefined => statSync(file, { throwIfNoEntry: false });

/** None where it cannot be read: then all are made again. */
function entriesIn(text = ''): Map<string, Entry> {
  try {
    const { files, bundles } = JSON.parse(text) as Written;
    const named = (number: number) => files[number] ?? '';
    return new Map(
      Object.entries(bundles).map(([name, entry]) => [name, { ...entry, inputs: entry.inputs.map(named) }]),
    );
  } catch {
    return new Map();
  }
}

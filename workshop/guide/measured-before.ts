import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import type { Experiment, Finding } from '../experiment/experiment.ts';
import type { Proof } from '../proof/proof.ts';
import { ownEndpoint } from '../proof/proof-endpoint.ts';
import type { Measured } from '../proof/prove-sides.ts';
import { rootsOf, snapshotNumbered, stackOf } from '../snapshots.ts';
import { fingerprint, mine } from './progress.ts';

const known = z.object({
  key: z.string(),
  at: z.string(),
  findings: z.record(z.string(), z.union([z.number(), z.boolean(), z.string()])),
});

/**
 * What an experiment found on a snapshot of the workshop on this machine, as long as neither has changed. It spares an
 * attendee who tries again the half that cannot have changed.
 */
export class MeasuredBefore {
  readonly #file: string;
  readonly #key: string;

  private constructor(file: string, key: string) {
    this.#file = file;
    this.#key = key;
  }

  /** @param experimentFile - from the repository's root */
  static async of(number: number, experimentFile: string, repository: string): Promise<MeasuredBefore> {
    const snapshot = snapshotNumbered(number);
    const roots = [...rootsOf(snapshot).map(({ file }) => file), stackOf(snapshot), experimentFile];
    const hash = createHash('sha256')
      .update(`${process.version} ${process.platform} ${process.arch}\n`)
      .update(await readFile(join(repository, 'package-lock.json')).catch(() => ''))
      .update((await fingerprint(roots, repository)) ?? '');
    const name = experimentFile.replaceAll('/', '-').replace(/\.ts$/, '.json');
    return new MeasuredBefore(join(repository, mine, '.measured', name), hash.digest('hex'));
  }

  /** What is known, if it was measured on the same code. */
  async read(): Promise<Measured | undefined> {
    if (!existsSync(this.#file)) {
      return undefined;
    }
    const { success, data } = known.safeParse(JSON.parse(await readFile(this.#file, 'utf8').catch(() => 'null')));
    return success && data.key === this.#key ? data : undefined;
  }

  /** Keeps what a proof found before, where it is whole and was measured just now on an endpoint like the next one. */
  async keep({ rows, before, endpoint, at }: Proof, { observables }: Experiment): Promise<void> {
    const findings = Object.fromEntries(
      rows.flatMap(({ name, before: { finding } }): [string, Finding][] =>
        finding === undefined ? [] : [[name, finding]],
      ),
    );
    const isWhole = Object.keys(findings).length === Object.keys(observables).length;
    const isAsExpected = rows.every(({ kind, before: { met } }) => kind === 'shown' || met === (kind === 'guard'));
    if (isWhole && isAsExpected && before.measuredAt === undefined && endpoint === ownEndpoint) {
      await mkdir(dirname(this.#file), { recursive: true });
      await writeFile(this.#file, JSON.stringify({ key: this.#key, at, findings }, undefined, 2));
    }
  }
}

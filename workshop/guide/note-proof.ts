import type { Proof } from '../proof/proof.ts';
import { rootsOf, snapshotNumbered } from '../snapshots.ts';
import { mySources } from './my-folder.ts';
import { fingerprint, hashOf, noteProgress } from './progress.ts';

/** Whose code a proof was of: the workshop's snapshot, the attendee's, or the attendee's that goes a step further. */
export type Whose = 'given' | 'mine' | 'further';

/** Remembers how a proof ended, and on which code. */
export async function noteProof({ factor, verdict, at }: Proof, whose: Whose, repository: string): Promise<void> {
  // An endpoint that could not do it says nothing about the code, and nor does a machine that was too busy.
  if (verdict === 'CANNOT RUN HERE' || verdict === 'TOO BUSY') {
    return;
  }
  const roots = rootsOf(snapshotNumbered(factor)).map(({ file }) => file);
  const sha256 =
    whose === 'given'
      ? ((await fingerprint(roots, repository)) ?? '')
      : await hashOf(await mySources(factor, repository), repository);
  await noteProgress(repository, factor, (known) => ({ ...known, [whose]: { verdict, at, sha256 } }));
}

import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, posix, relative, sep } from 'node:path';
import { environmentFor } from '../../client/endpoint/aws-environment.ts';
import { synthesise } from '../../pipeline/assembly/assembly.ts';
import type { SnapshotUnderTest } from '../experiment/snapshot-under-test.ts';
import { createWorkingCopy } from '../experiment/working-copy.ts';

/** Settings that no snapshot has. */
const others = { locale: 'is_IS.UTF-8', timeZone: 'Asia/Kathmandu' };
const profile = 'functions/runtime/runtime.json';

/** Whether every function gets the language and the time zone of `runtime.json`, when another is written there. */
export async function followsRuntimeProfile(snapshot: SnapshotUnderTest): Promise<boolean> {
  const copy = await createWorkingCopy(snapshot.repository);
  const target = await mkdtemp(join(tmpdir(), 'profile-'));
  try {
    // An attendee's own lies beside the roots, and stands for the other.
    const own = posix.join(relative(snapshot.repository, snapshot.folder).split(sep).join('/'), 'runtime.json');
    for (const file of [profile, own].filter((name) => existsSync(join(copy.repository, name)))) {
      await copy.edit(file, (text) => JSON.stringify({ ...JSON.parse(text), ...others }));
    }
    const { number, endpoint, signal } = snapshot;
    const assembly = await synthesise({
      ...{ repository: copy.repository, target, snapshots: [number], deploys: ['Prod'], signal },
      environment: environmentFor(endpoint),
    });
    const functions = variablesOf(assembly.stack(number, 'Prod').template);
    return functions.length > 0 && functions.every(({ LANG, TZ }) => LANG === others.locale && TZ === others.timeZone);
  } finally {
    await rm(target, { recursive: true, force: true });
    await copy.close();
  }
}

interface Resource {
  readonly Type: string;
  readonly Properties?: { readonly Environment?: { readonly Variables?: Readonly<Record<string, unknown>> } };
}

/** The variables of each function of a template. */
function variablesOf(template: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>>[] {
  const { Resources } = template as { Resources: Readonly<Record<string, Resource>> };
  return Object.values(Resources)
    .filter(({ Type }) => Type === 'AWS::Lambda::Function')
    .map(({ Properties }) => Properties?.Environment?.Variables ?? {});
}

import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, posix, relative, sep } from 'node:path';
import { environmentFor } from '../../client/endpoint/aws-environment.ts';
import { callHandler, HandlerFailed } from '../../client/factory/call-handler.ts';
import { synthesise } from '../../pipeline/assembly/assembly.ts';
import type { SnapshotUnderTest } from '../experiment/snapshot-under-test.ts';
import { createWorkingCopy } from '../experiment/working-copy.ts';
import { houseTimeZone } from './house-days.ts';
import { foreignLaptop } from './laptop.ts';

/** Settings that no snapshot has. */
const others = { locale: 'is_IS.UTF-8', timeZone: houseTimeZone };
const profile = 'functions/runtime/runtime.json';

/** What follows when another language and another time zone are written in `runtime.json`. */
export interface ProfileChange {
  /** Whether every function gets both. */
  readonly oneFile: boolean;
  /** Bags with a day that is not of the house's calendar; 0 where the house has none, and its error where it fails. */
  readonly wrongDays: number | string;
}

/** Changes `runtime.json` in a copy of the repository, and looks what follows. */
export async function changeRuntimeProfile(snapshot: SnapshotUnderTest): Promise<ProfileChange> {
  const copy = await createWorkingCopy(snapshot.repository);
  const target = await mkdtemp(join(tmpdir(), 'profile-'));
  try {
    // An attendee's own lies beside the roots, and stands for the other.
    const folder = relative(snapshot.repository, snapshot.folder).split(sep).join('/');
    const own = posix.join(folder, 'runtime.json');
    for (const file of [profile, own].filter((name) => existsSync(join(copy.repository, name)))) {
      await copy.edit(file, (text) => JSON.stringify({ ...JSON.parse(text), ...others }));
    }
    const { number, endpoint, signal } = snapshot;
    const assembly = await synthesise({
      ...{ repository: copy.repository, target, snapshots: [number], deploys: ['Prod'], signal },
      environment: environmentFor(endpoint),
    });
    const functions = variablesOf(assembly.stack(number, 'Prod').template);
    const isOther = ({ LANG, TZ }: Readonly<Record<string, unknown>>) =>
      LANG === others.locale && TZ === others.timeZone;
    return {
      oneFile: functions.length > 0 && functions.every(isOther),
      wrongDays: await wrongDays(join(copy.repository, folder, 'house-calendar.ts'), signal),
    };
  } finally {
    await rm(target, { recursive: true, force: true });
    await copy.close();
  }
}

async function wrongDays(file: string, signal: AbortSignal): Promise<number | string> {
  if (!existsSync(file)) {
    return 0;
  }
  const probe = join(import.meta.dirname, 'house-days.ts');
  try {
    return Number(await callHandler(probe, { file }, { environment: foreignLaptop(), signal }));
  } catch (error) {
    if (error instanceof HandlerFailed) {
      return error.message;
    }
    throw error;
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

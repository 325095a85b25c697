import { join } from 'node:path';
import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { embeddedAws, recognise } from '../../client/endpoint/recognise.ts';
import { assemble } from '../../pipeline/assembly/assemble.ts';
import { stageOf } from '../../pipeline/assembly/assembly.ts';
import { build } from '../../pipeline/build.ts';
import { runCheck } from '../../pipeline/check.ts';
import { readStack, updateStack } from '../../pipeline/deployed-stack.ts';
import { type BuildEntry, openLedger, type ReleaseEntry, releasesIn } from '../../pipeline/ledger.ts';
import { rollBack, run } from '../../pipeline/run.ts';
import { targetAt } from '../../pipeline/target.ts';
import { releaseApart } from './release-apart.ts';
import type { Way, WayOptions } from './way.ts';

/** Three phases, with a ledger of its own: what fails in one does not come to the next. */
export async function piping({ snapshot, copy, check }: WayOptions): Promise<Way> {
  const { signal, number: snapshotNumber } = snapshot;
  const releases = join(copy.repository, 'releases');
  const stage = stageOf(snapshotNumber);
  const target = targetAt(snapshot.endpoint);
  const given = { releases, target, by: 'the experiment', signal, onProgress: () => {}, onLine: () => {} };
  const running = { ...given, stack: `${stage}-Prod` };
  const cloudFormation = new CloudFormationClient(snapshot.clients);
  const stack = await readStack(running.stack, cloudFormation, signal);
  if (!stack) {
    throw new Error(`There is no ${running.stack}.`);
  }
  let builds = 0;

  async function buildCopy(): Promise<BuildEntry> {
    const { repository } = copy;
    builds += 1;
    const built = await build({
      ...given,
      stage,
      check: () => runCheck({ command: check, repository, signal, onLine: () => {} }),
      assemble: (folder) => assemble({ repository, folder, snapshot: snapshotNumber, deploys: ['Prod'], signal }),
    });
    return built.build;
  }

  // The second phase as the snapshot has it: an attendee's own version brings one.
  const file = join(snapshot.repository, 'pipeline', 'release.ts');
  const found = await recognise(new URL(snapshot.endpoint).origin);
  const isDirect = found.is === 'endpoint' && found.kind === embeddedAws;
  const order = { file, isDirect, endpoint: snapshot.endpoint, releases, deploy: 'Prod', by: given.by };
  const releaseBuild = (built: BuildEntry): Promise<ReleaseEntry> => releaseApart({ ...order, build: built }, signal);

  const countReleases = async () => releasesIn(await openLedger(releases).read()).length;

  // What runs becomes the first release, so that there is one to go back to.
  await releaseBuild(await buildCopy());
  return {
    builds: () => builds,
    deliver: async () => {
      const before = await countReleases();
      let runs = false;
      const problem = await problemOf(async () => {
        const { number } = await releaseBuild(await buildCopy());
        await run(number, running);
        runs = true;
      });
      return { problem, tookNumber: (await countReleases()) > before, runs };
    },
    rollBack: async () => void (await rollBack(running)),
    close: async () => {
      try {
        // So that it runs what it ran before it met a pipeline.
        const found = { parameters: stack.parameters, template: snapshot.template() };
        await updateStack(stack, found, cloudFormation, signal);
      } finally {
        cloudFormation.destroy();
      }
    },
  };
}

/** A phase that stops is what is asked about; anything else is an accident. */
async function problemOf(work: () => Promise<void>): Promise<string | undefined> {
  try {
    await work();
    return undefined;
  } catch (error) {
    // By its name: a step of another repository has a class of its own.
    if (error instanceof Error && error.name === 'UserError') {
      return error.message;
    }
    throw error;
  }
}

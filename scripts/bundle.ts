import { join } from 'node:path';
import { bundleFunctions, type FunctionRoot } from '../pipeline/assembly/bundle-functions.ts';
import { command, runCommand, UserError } from '../terminal/command-line.ts';
import { bundleFolder, rootsOf, type Snapshot, snapshotNumbered, snapshots } from '../workshop/snapshots.ts';

const repository = join(import.meta.dirname, '..');

/** What happens to be installed on this machine. */
const adasMachine = join(repository, 'workshop', 'machines', 'ada');

const program = command(
  'bundle',
  'Bundles the functions of snapshots into dist/. Without numbers it bundles those of all snapshots.',
  'npm run bundle -- 05 06',
).argument('[snapshots...]', `numbers of snapshots, 0 to ${snapshots.length - 1}`);

await runCommand(program, async () => {
  const chosen = program.args.length > 0 ? program.args.map(snapshotOf) : snapshots;
  const [undeclared, declared] = [chosen.filter(takesWhatLiesAbout), chosen.filter((it) => !takesWhatLiesAbout(it))];
  const target = join(repository, 'dist');
  const bundles = [
    ...(await bundleFunctions({ repository, roots: rootsToBundle(undeclared), target, nodePaths: [adasMachine] })),
    ...(await bundleFunctions({ repository, roots: rootsToBundle(declared), target })),
  ];
  // To stderr, because the CDK CLI runs this before `cdk synth` prints a template.
  for (const { name, bytes } of bundles.filter((bundle) => bundle.changed)) {
    console.error(`bundled ${name}: ${Math.ceil(bytes / 1024)} KB`);
  }
  return 0;
});

function snapshotOf(text: string): Snapshot {
  if (!/^\d{1,2}$/.test(text) || Number(text) >= snapshots.length) {
    throw new UserError(`There is no snapshot ${JSON.stringify(text)}: they are 0 to ${snapshots.length - 1}.`);
  }
  return snapshotNumbered(Number(text));
}

/**
 * Before dependencies are declared, a build takes what happens to be installed on the machine that it runs on. Whoever writes
 * factor 2 begins there.
 */
function takesWhatLiesAbout({ number }: Snapshot): boolean {
  return number <= 2;
}

/** Functions of the finished factory are in many snapshots, and bundled once. */
function rootsToBundle(chosen: readonly Snapshot[]): FunctionRoot[] {
  const roots = chosen.flatMap((snapshot) =>
    rootsOf(snapshot).map((root) => ({ name: bundleFolder(snapshot, root), file: root.file })),
  );
  return [...new Map(roots.map((root) => [root.name, root])).values()];
}

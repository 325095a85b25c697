import { join } from 'node:path';
import { BundleFailed, bundleFunctions, type FunctionRoot } from '../pipeline/bundle-functions.ts';
import { bundleFolder, rootsOf, type Snapshot, snapshotNumbered, snapshots } from '../workshop/snapshots.ts';

const repository = join(import.meta.dirname, '..');

/** What happens to be installed on this machine. */
const adasMachine = join(repository, 'workshop', 'machines', 'ada');

/** `node scripts/bundle.ts 05 06` bundles what two snapshots run; without numbers, what all of them do. */
try {
  const numbers = process.argv.slice(2).map(Number);
  const chosen = numbers.length > 0 ? numbers.map(snapshotNumbered) : snapshots;
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
} catch (error) {
  if (!(error instanceof BundleFailed || error instanceof RangeError)) {
    throw error;
  }
  console.error(error.message);
  process.exitCode = 1;
}

/** Before dependencies are declared, a build takes what happens to be installed on the machine that it runs on. */
function takesWhatLiesAbout({ number }: Snapshot): boolean {
  return number < 2;
}

/** Functions of the finished factory are in many snapshots, and bundled once. */
function rootsToBundle(chosen: readonly Snapshot[]): FunctionRoot[] {
  const roots = chosen.flatMap((snapshot) =>
    rootsOf(snapshot).map((root) => ({ name: bundleFolder(snapshot, root), file: root.file })),
  );
  return [...new Map(roots.map((root) => [root.name, root])).values()];
}

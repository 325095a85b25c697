import { join } from 'node:path';
import { bundleFunctions, type FunctionRoot } from '../pipeline/bundle-functions.ts';
import { command, runCommand, UserError } from '../terminal/command-line.ts';
import { bundleFolder, rootsOf, type Snapshot, snapshots } from '../workshop/snapshots.ts';

const repository = join(import.meta.dirname, '..');

/** What happens to be installed on this machine. */
const adasMachine = join(repository, 'workshop', 'machines', 'ada');

const program = command(
  'bundle',
  'Bundles the functions of snapshots into dist/. What it bundled anew goes to stderr; a bundle that did not change stays.',
  'npm run bundle\n  npm run bundle -- 05 06',
).argument('[snapshot...]', `0 to ${snapshots.length - 1} (default: all)`);

await runCommand(program, async () => {
  const chosen = program.args.length > 0 ? program.args.map(snapshotNamed) : snapshots;
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

/** @throws UserError where no snapshot has the number */
function snapshotNamed(text: string): Snapshot {
  const number = Number(text);
  const found = snapshots[number];
  if (!/^\d+$/.test(text) || !found) {
    throw new UserError(`There is no snapshot "${text}". The snapshots are 0 to ${snapshots.length - 1}.`);
  }
  return found;
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

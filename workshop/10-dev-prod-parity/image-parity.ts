import { build } from 'esbuild';
import { runtimeProfile } from '../../functions/runtime/runtime-profile.ts';
import { buildTaskImage, NoContainer } from '../experiment/container-image.ts';
import type { SnapshotUnderTest } from '../experiment/snapshot-under-test.ts';
import { differences, type Fingerprint } from './fingerprint.ts';

/** The system of the image of `functions/Dockerfile`, and what else differs from the function; or why it was not run. */
export async function compareWithImage(there: Fingerprint, snapshot: SnapshotUnderTest): Promise<string> {
  try {
    const here = await fingerprintInImage(snapshot);
    return `${here.system}; the rest differs in: ${differences(there, here).join(', ') || 'nothing'}`;
  } catch (error) {
    if (!(error instanceof NoContainer)) {
      throw error;
    }
    return `not run: ${error.message}`;
  }
}

async function fingerprintInImage(snapshot: SnapshotUnderTest): Promise<Fingerprint> {
  const image = await buildTaskImage(snapshot, runtimeProfile.architecture);
  const { exitCode, stdout, stderr } = await image.run(['--input-type=module', '--eval', await program()], {});
  if (exitCode !== 0) {
    throw new NoContainer(`the container ended with ${exitCode}: ${stderr.trim()}`);
  }
  return JSON.parse(stdout) as Fingerprint;
}

/** As text, because an engine on another machine has no file of this one. */
async function program(): Promise<string> {
  const { outputFiles } = await build({
    stdin: {
      contents: `import { handler } from './fingerprint.ts'; console.log(JSON.stringify(await handler()));`,
      resolveDir: import.meta.dirname,
    },
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    platform: 'node',
  });
  return outputFiles[0]?.text ?? '';
}

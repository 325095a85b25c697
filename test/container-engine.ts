import { spawnSync } from 'node:child_process';
import { describe } from 'vitest';

/**
 * Tests that run an image. They pull none: where the image or an engine is missing they are skipped, and their title says
 * why and what to do.
 */
export function describeWithImage(image: string, tests: () => void): void {
  const missing = whyNot(image);
  describe.skipIf(missing)(missing ? `skipped, because ${missing}` : `with the image ${image}`, tests);
}

function whyNot(image: string): string | undefined {
  const { error, status } = spawnSync('docker', ['version'], { stdio: 'ignore' });
  if (error) {
    return 'there is no docker command';
  }
  if (status !== 0) {
    return 'no container engine answers (docker version)';
  }
  const { status: found } = spawnSync('docker', ['image', 'inspect', image], { stdio: 'ignore' });
  return found === 0 ? undefined : `the image is not here (docker pull ${image})`;
}

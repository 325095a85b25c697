import { spawn } from 'node:child_process';

/** How a system opens a file with the program that a person uses for its kind. `BROWSER` is asked first, as by other tools. */
function openerOf({ BROWSER }: NodeJS.ProcessEnv, platform: NodeJS.Platform): readonly [string, ...string[]] {
  if (BROWSER) {
    return [BROWSER];
  }
  if (platform === 'darwin') {
    return ['open'];
  }
  // `start` takes the first argument in quotes for a title.
  return platform === 'win32' ? ['cmd', '/c', 'start', ''] : ['xdg-open'];
}

/** Opens a file or a URL. Resolves to whether there was a program for it, and does not wait until that ends. */
export async function openFile(
  file: string,
  environment: NodeJS.ProcessEnv = process.env,
  platform: NodeJS.Platform = process.platform,
): Promise<boolean> {
  const [program, ...args] = openerOf(environment, platform);
  return await new Promise((resolve) => {
    const child = spawn(program, [...args, file], { stdio: 'ignore', detached: true, env: environment });
    child.on('error', () => resolve(false));
    child.on('spawn', () => {
      child.unref();
      resolve(true);
    });
  });
}

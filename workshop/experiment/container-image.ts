import { type ExecFileException, execFile } from 'node:child_process';
import { join } from 'node:path';

/** Docker's names for the architectures of Lambda. */
const platforms: Readonly<Record<string, string>> = { x86_64: 'linux/amd64', arm64: 'linux/arm64' };

/** How long a base image may take to come and a build to end, in milliseconds. */
const buildLimit = 10 * 60_000;

/** What is left of a container that ran to its end. */
export interface EndedContainer {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
  /** Whether the engine has forgotten it. */
  readonly isGone: boolean;
}

/** The image of `functions/Dockerfile` for one-off tasks. Its entry point is Node. */
export interface TaskImage {
  readonly id: string;
  /**
   * Runs a container of it to its end, on the machine's own network, so that it reaches an endpoint on loopback.
   * @param args - What Node runs, in place of the cleanup.
   */
  run(args: readonly string[], environment: Readonly<Record<string, string>>): Promise<EndedContainer>;
}

/** No container can be run here. Why is whole in the message, without a full stop. */
export class NoContainer extends Error {
  override readonly name = 'NoContainer';
}

/**
 * Builds the image with the engine that the `docker` command finds (`DOCKER_HOST`, its context), on the base image that
 * `BASE_IMAGE` names, or else on that of the Dockerfile.
 * @param architecture - As Lambda names it: `x86_64` or `arm64`.
 * @throws NoContainer where no engine answers, or where the image cannot be built
 */
export async function buildTaskImage(
  { repository, signal }: { readonly repository: string; readonly signal: AbortSignal },
  architecture: string,
  { BASE_IMAGE: base, ...env }: NodeJS.ProcessEnv = process.env,
): Promise<TaskImage> {
  const docker = (args: readonly string[], limit: AbortSignal = signal, variables: NodeJS.ProcessEnv = {}) =>
    runDocker(args, { cwd: repository, env: { ...env, ...variables }, signal: limit });

  const platform = platformOf(architecture);
  const version = await docker(['version', '--format', '{{.Server.Version}}']);
  if (version.exitCode !== 0) {
    throw new NoContainer(`no container engine answers: ${lastLine(version)}`);
  }

  const built = await docker(
    [
      ['build', '--quiet', '--file', join('functions', 'Dockerfile'), '--target', 'task'],
      // The build reaches the registry of packages as this machine does.
      ['--network', 'host', '--platform', platform],
      base ? ['--build-arg', `IMAGE=${base}`] : [],
      ['.'],
    ].flat(),
    AbortSignal.any([signal, AbortSignal.timeout(buildLimit)]),
  );
  signal.throwIfAborted();
  if (built.exitCode !== 0) {
    throw new NoContainer(`functions/Dockerfile was not built: ${lastLine(built)}`);
  }
  const image = lastLine({ ...built, stderr: '' });

  return {
    id: image,
    async run(args, environment) {
      const name = `cookie-factory-${crypto.randomUUID()}`;
      // By name only: values, such as keys, do not show in the list of processes.
      const variables = Object.keys(environment).flatMap((variable) => ['--env', variable]);
      const ended = await docker(
        ['run', '--rm', '--name', name, '--network', 'host', ...variables, image, ...args],
        signal,
        environment,
      );
      signal.throwIfAborted();
      const left = await docker(['ps', '--all', '--quiet', '--filter', `name=${name}`]);
      return { ...ended, isGone: left.exitCode === 0 && left.stdout.trim() === '' };
    },
  };
}

function platformOf(architecture: string): string {
  const platform = platforms[architecture];
  if (!platform) {
    throw new NoContainer(`there is no image for ${architecture}`);
  }
  return platform;
}

interface Ended {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A `docker` that cannot be started ends as one that fails. */
function runDocker(
  args: readonly string[],
  options: { readonly cwd: string; readonly env: NodeJS.ProcessEnv; readonly signal: AbortSignal },
): Promise<Ended> {
  return new Promise((resolve) => {
    execFile('docker', [...args], options, (error: ExecFileException | null, stdout, stderr) => {
      const exitCode = typeof error?.code === 'number' ? error.code : error ? 1 : 0;
      resolve({ exitCode, stdout, stderr: stderr || (error ? reason(error) : '') });
    });
  });
}

function reason({ code, message }: ExecFileException): string {
  if (code === 'ENOENT') {
    return 'there is no docker command';
  }
  if (code === 'ABORT_ERR') {
    return 'it took too long';
  }
  return message;
}

/** The last line that says something; Docker's errors end with what went wrong. */
function lastLine({ stdout, stderr }: Pick<Ended, 'stdout' | 'stderr'>): string {
  return (
    `${stdout}\n${stderr}`
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== '')
      .at(-1) ?? 'it did not say why'
  );
}

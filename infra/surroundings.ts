import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { loadSharedConfigFiles } from '@smithy/core/config';

/** All that decides where the CDK CLI would deploy to. */
export interface Surroundings {
  /** The context `aws`, from wherever the CLI took it. */
  readonly aws: unknown;
  readonly env: NodeJS.ProcessEnv;
  /** The files from which the CLI takes context, beside the command line. */
  readonly contextFiles: readonly { readonly name: string; readonly context: object }[];
  /** The profile of the shared configuration files that is in use. */
  readonly profile: { readonly name: string; readonly settings: Readonly<Record<string, string | undefined>> };
}

/** Looks round as the CDK CLI and the AWS SDK do. The CLI runs an app in the folder that it was started in. */
export async function lookRound(aws: unknown, env: NodeJS.ProcessEnv, folder = process.cwd()): Promise<Surroundings> {
  return {
    ...{ aws, env },
    contextFiles: [
      { name: 'cdk.json', context: partOf(readJson(join(folder, 'cdk.json')), 'context') },
      { name: 'cdk.context.json', context: readJson(join(folder, 'cdk.context.json')) },
      { name: '~/.cdk.json', context: partOf(readJson(join(homedir(), '.cdk.json')), 'context') },
    ],
    profile: await profileInUse(env),
  };
}

async function profileInUse(env: NodeJS.ProcessEnv): Promise<Surroundings['profile']> {
  const name = env['AWS_PROFILE'] || env['AWS_DEFAULT_PROFILE'] || 'default';
  const { configFile, credentialsFile } = await loadSharedConfigFiles();
  return { name, settings: { ...credentialsFile[name], ...configFile[name] } };
}

function readJson(file: string): object {
  const read: unknown = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
  return isObject(read) ? read : {};
}

function partOf(whole: object, key: string): object {
  const part = (whole as Record<string, unknown>)[key];
  return isObject(part) ? part : {};
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

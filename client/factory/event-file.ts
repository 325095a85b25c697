import { readFile } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import { UserError } from '../../terminal/command-line.ts';
import { type FunctionName, factoryFunctions } from './factory-functions.ts';

export interface EventFile {
  /** Where it is, as a person would type it. */
  readonly path: string;
  readonly json: string;
}

const project = join(import.meta.dirname, '..', '..');

/** Reads an event, or the function's own sample where none is named. */
export async function findEvent(name: FunctionName, path: string | undefined): Promise<EventFile> {
  const file = path ? resolve(path) : join(project, 'events', name, factoryFunctions[name].sample);
  const shown = relative(process.cwd(), file);
  const json = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    const why = error.code === 'ENOENT' ? 'there is no such file' : error.message;
    throw new UserError(`The event ${shown} cannot be read: ${why}. Samples are in events/${name}/.`);
  });
  try {
    JSON.parse(json);
  } catch (error) {
    throw new UserError(`The event ${shown} is not JSON: ${(error as Error).message}`);
  }
  return { path: shown, json };
}

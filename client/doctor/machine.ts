import { statfs } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { type Finding, fine, note, stops } from './finding.ts';

const GIB = 2 ** 30;
/** An endpoint takes 0.2 GiB, and each execution environment of a function 0.07; two snapshots have a dozen. */
const MEMORY = { least: 0.5 * GIB, enough: 1.5 * GIB };
/** Bundles, assemblies and what functions write, of two snapshots at a time. */
const DISK = { least: 0.2 * GIB, enough: 1 * GIB };

/** Node, cores, memory and disk of this machine, or of the part of it that this process may use. */
export async function examineMachine(folder: string): Promise<Finding[]> {
  const [project, temporary] = await Promise.all([freeIn(folder), freeIn(tmpdir())]);
  return [
    // Older ones are refused before any command begins.
    fine('Node', `${process.version}, from ${process.execPath}`),
    judgeCores(availableParallelism()),
    judgeMemory(process.availableMemory()),
    judgeDisk(Math.min(project, temporary)),
  ];
}

export function judgeCores(cores: number): Finding {
  const says = cores === 1 ? '1 core' : `${cores} cores`;
  return cores > 1 ? fine('cores', says) : note('cores', says, 'Proofs take longer here. Give it two, if you can.');
}

export function judgeMemory(bytes: number): Finding {
  const says = `${gib(bytes)} free`;
  if (bytes >= MEMORY.enough) return fine('memory', says);
  if (bytes >= MEMORY.least) return note('memory', says, `Close something: ${gib(MEMORY.enough)} is comfortable.`);
  return stops('memory', says, `Close something: functions need ${gib(MEMORY.least)} at least.`);
}

export function judgeDisk(bytes: number): Finding {
  const says = `${gib(bytes)} free, for the project and for temporary files`;
  if (bytes >= DISK.enough) return fine('disk', says);
  if (bytes >= DISK.least) return note('disk', says, `Make room: ${gib(DISK.enough)} is comfortable.`);
  return stops('disk', says, `Make room: ${gib(DISK.least)} is needed.`);
}

const gib = (bytes: number): string => `${(bytes / GIB).toFixed(1)} GiB`;

async function freeIn(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
}

import { statfs } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { type Finding, fine, note, stops } from './finding.ts';

const gibibyte = 2 ** 30;
/** An endpoint takes 0.2 GiB, and each execution environment of a function 0.07; two snapshots have a dozen. */
const memory = { least: 0.5 * gibibyte, enough: 1.5 * gibibyte };
/** Bundles, assemblies and what functions write, of two snapshots at a time. */
const disk = { least: 0.2 * gibibyte, enough: 1 * gibibyte };

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
  if (bytes >= memory.enough) {
    return fine('memory', says);
  }
  if (bytes >= memory.least) {
    return note('memory', says, `Close something: ${gib(memory.enough)} is comfortable.`);
  }
  return stops('memory', says, `Close something: functions need ${gib(memory.least)} at least.`);
}

export function judgeDisk(bytes: number): Finding {
  const says = `${gib(bytes)} free, for the project and for temporary files`;
  if (bytes >= disk.enough) {
    return fine('disk', says);
  }
  if (bytes >= disk.least) {
    return note('disk', says, `Make room: ${gib(disk.enough)} is comfortable.`);
  }
  return stops('disk', says, `Make room: ${gib(disk.least)} is needed.`);
}

const gib = (bytes: number): string => `${(bytes / gibibyte).toFixed(1)} GiB`;

async function freeIn(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
}

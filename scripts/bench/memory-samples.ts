import type { ProcessMemory } from './process-times.ts';
import { median, type Sample, sample } from './sample.ts';

export const bytesPerMb = 2 ** 20;

/** What one of some processes holds: all that is in memory for it, and of that its share. */
export function memorySamples(figure: string, processes: readonly ProcessMemory[] | undefined): readonly Sample[] {
  const medianOf = (bytes: (memory: ProcessMemory) => number) =>
    processes && processes.length > 0 ? median(processes.map(bytes)) / bytesPerMb : undefined;
  return [
    sample(
      `${figure}, resident`,
      'MB',
      medianOf(({ residentBytes }) => residentBytes),
    ),
    sample(
      `${figure}, its share`,
      'MB',
      medianOf(({ shareBytes }) => shareBytes),
    ),
  ];
}

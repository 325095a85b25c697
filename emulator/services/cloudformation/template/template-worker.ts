import { parentPort, workerData } from 'node:worker_threads';
import type { Reading } from './template-reader.ts';
import { readTemplateText } from './template-text.ts';

/** The thread in which a large template is read. */
parentPort?.postMessage(read(workerData as string));

function read(text: string): Reading {
  try {
    return { document: readTemplateText(text) };
  } catch (error) {
    return { problem: (error as Error).message };
  }
}

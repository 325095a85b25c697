import { once } from 'node:events';
import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import { validationError } from '../errors.ts';
import { templateLimits } from './template-limits.ts';
import { isJson, readTemplateText } from './template-text.ts';

/** What a {@link readTemplate} in a thread of its own answers. */
export type Reading = { readonly document: unknown } | { readonly problem: string };

/** In TypeScript where the sources run, in JavaScript where they were built. */
const program = new URL(`./template-worker${extname(import.meta.url)}`, import.meta.url);

/** How long a thread may take for a template of 1 MB, for which it needs a tenth of it. */
const deadlineMs = 30_000;

/**
 * Reads the text of a template as {@link readTemplateText} does. A megabyte of YAML takes seconds, so what is larger than a
 * template in a request is read in a thread of its own, and others are served meanwhile.
 */
export async function readTemplate(text: string): Promise<unknown> {
  if (text.length <= templateLimits.body || isJson(text)) {
    return readTemplateText(text);
  }
  const worker = new Worker(program, { workerData: text });
  try {
    const [reading] = (await once(worker, 'message', { signal: AbortSignal.timeout(deadlineMs) })) as [Reading];
    if ('problem' in reading) {
      throw validationError(reading.problem);
    }
    return reading.document;
  } catch (error) {
    if ((error as Error).name !== 'AbortError') {
      throw error;
    }
    throw validationError('Template format error: YAML not well-formed. (It takes too long to read.)');
  } finally {
    await worker.terminate();
  }
}

import { fetchFrom } from '../../client/endpoint/http-request.ts';

/** What came of one look at the numbers. */
export interface Scrape {
  /** The HTTP status; 0 where the connection broke. */
  readonly status: number;
  readonly milliseconds: number;
}

/** Seconds over which a scraper measures how fast orders come in. */
const overSeconds = 2;

/** Has many scrapers measure at a time, and returns what came of it when all of them are done. */
export async function scrape(url: string, scrapers: number, signal: AbortSignal): Promise<Scrape[]> {
  return await Promise.all(Array.from({ length: scrapers }, () => scrapeOnce(url, signal)));
}

/** Whether a scrape was answered, and only after it had measured for as long as it was to. */
export const wasSlow = ({ status, milliseconds }: Scrape): boolean =>
  // A timer may be early by a millisecond.
  status === 200 && milliseconds >= overSeconds * 1000 - 10;

async function scrapeOnce(url: string, signal: AbortSignal): Promise<Scrape> {
  const started = performance.now();
  try {
    const response = await fetchFrom(new URL(`/metrics?seconds=${overSeconds}`, url), { signal });
    await response.arrayBuffer();
    return { status: response.status, milliseconds: performance.now() - started };
  } catch {
    signal.throwIfAborted();
    return { status: 0, milliseconds: performance.now() - started };
  }
}

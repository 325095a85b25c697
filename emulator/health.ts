import type { Page } from './gateway.ts';

/** What `GET /_emulator/health` answers: that it is this endpoint, and how it fares. */
export interface Health {
  readonly status: 'running';
  /** Regions in use since the start. */
  readonly regions: readonly string[];
  /** Resident memory of the endpoint's process, without its functions' processes. */
  readonly memoryBytes: number;
  /** Calls over HTTP since the start, by `service:Operation`. */
  readonly calls: Readonly<Record<string, number>>;
}

/** Counts calls and shows them on a page that needs no signature: a client recognises the endpoint by it. */
export function createHealth(regions: () => readonly string[]) {
  const calls = new Map<string, number>();
  const page: Page = ({ method, path }) => {
    if (method !== 'GET' || path !== '/_emulator/health') return undefined;
    const health: Health = {
      status: 'running',
      regions: regions(),
      memoryBytes: process.memoryUsage.rss(),
      calls: Object.fromEntries([...calls].sort(([a], [b]) => a.localeCompare(b))),
    };
    return { status: 200, headers: { 'content-type': 'application/json' }, body: JSON.stringify(health) };
  };
  return { page, count: (operation: string) => void calls.set(operation, (calls.get(operation) ?? 0) + 1) };
}

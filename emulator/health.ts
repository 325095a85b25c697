import type { Page } from './gateway.ts';
import type { WireAnswer } from './wire/http.ts';

/** What `GET /_emulator/health` answers: that it is this endpoint, and how it fares. */
export interface Health {
  /** By which a client knows that it is this endpoint, and not another that has such a page. */
  readonly name: 'cookie-factory-emulator';
  readonly status: 'running';
  /** Regions in use since the start. */
  readonly regions: readonly string[];
  /** Resident memory of the endpoint's process, without its functions' processes. */
  readonly memoryBytes: number;
  /** Request units of DynamoDB since the start, of all regions, as AWS bills them. */
  readonly consumedCapacity: { readonly readUnits: number; readonly writeUnits: number };
  /** Calls over HTTP since the start, by `service:Operation`. */
  readonly calls: Readonly<Record<string, number>>;
}

/** What the page needs to know of the regions that are in use. */
interface Regions {
  names(): readonly string[];
  all(): readonly { readonly consumedCapacity: Health['consumedCapacity'] }[];
}

/** Counts calls and shows them on a page that needs no signature: a client recognises the endpoint by it. */
export function createHealth(regions: Regions) {
  const calls = new Map<string, number>();
  const health = (): Health => ({
    name: 'cookie-factory-emulator',
    status: 'running',
    regions: regions.names(),
    memoryBytes: process.memoryUsage.rss(),
    consumedCapacity: {
      readUnits: sumOf(regions, ({ readUnits }) => readUnits),
      writeUnits: sumOf(regions, ({ writeUnits }) => writeUnits),
    },
    calls: Object.fromEntries([...calls].sort(([a], [b]) => a.localeCompare(b))),
  });
  const page: Page = {
    path: '/_emulator/health',
    answer: ({ method, path }) => {
      if (path !== page.path) {
        return json(404, { error: `There is no ${path}.` });
      }
      if (method !== 'GET') {
        return json(405, { error: `${path} is not there for ${method}.` });
      }
      return json(200, health());
    },
  };
  return { page, count: (operation: string) => void calls.set(operation, (calls.get(operation) ?? 0) + 1) };
}

const json = (status: number, body: object): WireAnswer => ({
  status,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
});

const sumOf = (regions: Regions, units: (consumed: Health['consumedCapacity']) => number): number =>
  regions.all().reduce((sum, { consumedCapacity }) => sum + units(consumedCapacity), 0);

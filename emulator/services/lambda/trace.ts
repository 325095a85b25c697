import { createHash, randomUUID } from 'node:crypto';

/**
 * How often an event may invoke the same function, by way of what it sends. Source: Lambda Developer Guide, "Use Lambda recursive
 * loop detection to prevent infinite loops".
 */
const mostOfOneChain = 16;
/** What is read of a header that a client sends. */
const headerLimit = 2048;
const rootOf = /(?:^|;)Root=(1-[0-9a-f]{8}-[0-9a-f]{24})(?:;|$)/;
const sampledOf = /(?:^|;)Sampled=([01])(?:;|$)/;
const lineageOf = /(?:^|;)Lineage=([0-9a-f:|]+)(?:;|$)/;
const entry = /^([0-9a-f]{8}):(\d{1,4})$/;

/** How a function is named in a lineage. */
export const lineageName = (functionArn: string): string =>
  createHash('sha256').update(functionArn).digest('hex').slice(0, 8);

/**
 * A tracing header as X-Ray writes them, for an invocation. With the header that brought the event it goes on with that chain, and
 * counts the function in its lineage: the SDK in a function sends it along. Nothing is sampled unless the chain is.
 *
 * @param name of the function, by {@link lineageName}
 * @returns undefined where the chain has invoked the function as often as it may
 */
export function traceOf(name: string, before: string | undefined, mayLoop: boolean): string | undefined {
  const parent = hexId().slice(0, 16);
  if (before === undefined || before.length > headerLimit) {
    return `Root=${newRoot()};Parent=${parent};Sampled=0;Lineage=${name}:0`;
  }
  const lineage = new Map((lineageOf.exec(before)?.[1] ?? '').split('|').flatMap(countOf));
  const count = (lineage.get(name) ?? -1) + 1;
  if (count >= mostOfOneChain && !mayLoop) {
    return undefined;
  }
  lineage.set(name, Math.min(count, 9999));
  const counts = [...lineage].map(([one, times]) => `${one}:${times}`).join('|');
  const root = rootOf.exec(before)?.[1] ?? newRoot();
  return `Root=${root};Parent=${parent};Sampled=${sampledOf.exec(before)?.[1] ?? 0};Lineage=${counts}`;
}

/** Of several headers that of the longest chain: one batch has messages of several. */
export function longestChain(headers: readonly (string | undefined)[]): string | undefined {
  const lengthOf = (header: string | undefined): number =>
    (lineageOf.exec(header ?? '')?.[1] ?? '').split('|').reduce((sum, one) => sum + (countOf(one)[0]?.[1] ?? 0), 0);
  const [longest] = headers.filter((header) => header !== undefined).sort((a, b) => lengthOf(b) - lengthOf(a));
  return longest;
}

function countOf(text: string): [name: string, count: number][] {
  const [, name, count] = entry.exec(text) ?? [];
  return name === undefined ? [] : [[name, Number(count)]];
}

const newRoot = (): string => `1-${Math.floor(Date.now() / 1000).toString(16)}-${hexId().slice(0, 24)}`;

/** 32 digits. Node makes UUIDs in advance, which it does not do for random bytes. */
const hexId = (): string => randomUUID().replaceAll('-', '');

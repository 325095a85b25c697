import type { Readable } from 'node:stream';

/**
 * Hands over the chunks of a stream as they come, to its end or until one is not wanted. Then the rest is left unread, and the
 * stream stays open. A loop over the stream would do the same for several times the work, which a request has to bear.
 * @param take answers whether more is wanted
 */
export function readChunks(stream: Readable, take: (chunk: Buffer) => boolean): Promise<void> {
  if (stream.readableEnded) {
    return Promise.resolve();
  }
  if (stream.destroyed) {
    return Promise.reject(stream.errored ?? brokenOff());
  }
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const onData = (chunk: Buffer): void => {
    if (!take(chunk)) {
      stream.pause();
      settle();
    }
  };
  const onClose = (): void => settle(brokenOff());
  const settle = (error?: Error): void => {
    stream.off('data', onData).off('end', settle).off('error', settle).off('close', onClose);
    if (error) {
      reject(error);
    } else {
      resolve();
    }
  };
  stream.on('end', settle).on('error', settle).on('close', onClose).on('data', onData).resume();
  return promise;
}

const brokenOff = (): Error => new Error('The request broke off before its end.');

/** What came of a body: its bytes up to a limit, and how many there were. */
export interface ReadBytes {
  /** Cut off at the chunk in which the limit is passed. */
  readonly body: Buffer;
  readonly bytes: number;
}

/** Reads a body to its end, and keeps no more of it than a limit in bytes. */
export async function readUpTo(limit: number, stream: Readable): Promise<ReadBytes> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  await readChunks(stream, (chunk) => {
    bytes += chunk.length;
    if (bytes <= limit) {
      chunks.push(chunk);
    }
    return true;
  });
  return { body: joined(chunks), bytes };
}

/** A body that came in one chunk, as most do, is not copied. */
export const joined = ([first, ...others]: readonly Buffer[]): Buffer =>
  first && others.length === 0 ? first : Buffer.concat(first ? [first, ...others] : []);

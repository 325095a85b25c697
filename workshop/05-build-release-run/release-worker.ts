import { pathToFileURL } from 'node:url';
import { parentPort, workerData } from 'node:worker_threads';
import { targetAt } from '../../pipeline/target.ts';
import { beatMs, type ReleaseOrder, type ReleaseReport } from './release-apart.ts';

const port = parentPort;
if (!port) {
  throw new Error('A release step runs in a thread of its own.');
}
const say = (report: ReleaseReport) => port.postMessage(report);
const stop = new AbortController();
port.once('message', () => stop.abort());
const beats = setInterval(() => say({ isAlive: true }), beatMs);

const { file, endpoint, isDirect, ...given } = workerData as ReleaseOrder;
try {
  const { release } = (await import(pathToFileURL(file).href)) as typeof import('../../pipeline/release.ts');
  const nothing = () => {};
  const options = { ...given, target: targetAt(endpoint, { isDirect }), onProgress: nothing, onLine: nothing };
  say({ release: (await release({ ...options, signal: stop.signal })).release });
} catch (error) {
  const { name, message } = error instanceof Error ? error : new Error(String(error));
  say({ failure: { name, message } });
} finally {
  clearInterval(beats);
  port.close();
}

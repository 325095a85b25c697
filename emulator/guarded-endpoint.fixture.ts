// An endpoint in which things go wrong that belong to no request, for a test to call. It prints its URL.
import { guardProcess, startEmulator } from './index.ts';

guardProcess();
guardProcess();
const { url } = await startEmulator({ port: 0 });
setImmediate(() => {
  throw new Error('a timer');
});
void Promise.reject(new Error('a promise'));
process.nextTick(() => {
  throw 'no error at all';
});
setImmediate(() => setImmediate(() => console.log(url)));

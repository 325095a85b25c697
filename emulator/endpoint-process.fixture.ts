// The process of an endpoint, for a test that must not share its thread. It prints its URL, and ends with its standard input.
import { startEmulator } from './index.ts';

const emulator = await startEmulator({ port: 0 });
console.log(emulator.url);
process.stdin.resume().once('end', () => emulator.close());

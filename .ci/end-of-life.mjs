// Fails where Node's release line of the runtime profile ends within half a year. Node's schedule comes on stdin:
// https://raw.githubusercontent.com/nodejs/Release/main/schedule.json
import { readFileSync } from 'node:fs';
import process from 'node:process';

const dayNames = 180;
const { node } = JSON.parse(readFileSync(new URL('../functions/runtime/runtime.json', import.meta.url), 'utf8'));
const schedule = JSON.parse(readFileSync(process.stdin.fd, 'utf8'));
const end = schedule[`v${node}`]?.end;
if (!end) {
  throw new Error(`The schedule does not have Node ${node}.`);
}
const left = Math.floor((Date.parse(end) - Date.now()) / 86_400_000);
console.log(`Node ${node} is supported until ${end}: ${left} days.`);
if (left < dayNames) {
  console.error(
    `That is less than ${dayNames} days. Move functions/runtime/runtime.json to the next runtime of Lambda.`,
  );
  process.exitCode = 1;
}

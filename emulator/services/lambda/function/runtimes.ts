import type { Runtime } from '@aws-sdk/client-lambda';
import { findPython, isPython, pythonOf } from './python.ts';

/** Those of Node.js, which all run on the Node of the endpoint. */
const ofNode: readonly string[] = ['nodejs16.x', 'nodejs18.x', 'nodejs20.x', 'nodejs22.x', 'nodejs24.x'];

/** Why a runtime is not served here; undefined where it is. */
export function runtimeFault(runtime: string): string | undefined {
  if (ofNode.includes(runtime)) {
    return undefined;
  }
  if (!isPython(runtime)) {
    return `${runtime} is not served by this endpoint: Node.js from nodejs16.x to nodejs24.x is, and Python`;
  }
  return findPython() === undefined
    ? `${runtime} is not served by this endpoint: this machine has no python3 on its path`
    : undefined;
}

const noted = new Set<Runtime>();

/** Says once of each runtime that is not that of the machine what its functions run on. */
export function noteRuntime(runtime: Runtime): void {
  if (noted.has(runtime)) {
    return;
  }
  noted.add(runtime);
  if (isPython(runtime)) {
    pythonOf().then(
      ({ executable, version }) => tell(runtime, `Python ${version} of ${executable}`),
      (error: Error) => tell(runtime, `no Python: ${error.message}`),
    );
  } else if (runtime !== `nodejs${process.versions.node.split('.')[0]}.x`) {
    tell(runtime, `Node ${process.versions.node}, which is that of this endpoint`);
  }
}

const tell = (runtime: string, on: string): void => console.error(`lambda: functions of ${runtime} run on ${on}.`);

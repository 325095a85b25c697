import type { AccessKeys } from '../../../wire/authentication/access-keys.ts';
import type { Region } from '../../../wire/operation.ts';
import type { KillsAtWork } from './kills-at-work.ts';
import type { LogsOperations } from './log/log-stream.ts';
import type { MemoryWatch } from './process/memory-watch.ts';
import type { Watchdog } from './process/watchdog.ts';
import type { RuntimeApiServer } from './runtime/runtime-api.ts';

/** What environments share. */
export interface EnvironmentHost {
  readonly accessKeys: AccessKeys;
  readonly region: Region;
  readonly logs: LogsOperations;
  readonly runtimeApi: RuntimeApiServer;
  readonly memoryWatch: MemoryWatch;
  readonly killsAtWork: KillsAtWork;
  /** Environments make their temporary directories in it. */
  readonly directory: string;
  readonly watchdog: Watchdog;
  /** Milliseconds that an initialisation may take. */
  readonly initTimeout: number;
}

import { z } from 'zod';
import { askFaultPort } from './fault-port.ts';

/** Faults that have not come to pass yet, as the fault port lists them (emulator/FAULTS.md). */
export interface PendingFaults {
  readonly calls: readonly {
    readonly id: string;
    readonly call: string;
    readonly function?: string | undefined;
    readonly fail?: string | undefined;
    readonly delayMs?: number | undefined;
    /** How many calls it still means. */
    readonly left: number;
  }[];
  readonly kills: readonly { readonly function: string; readonly times: number }[];
  readonly duplicates: readonly { readonly queueUrl: string; readonly times: number }[];
}

const calls = z.object({
  faults: z.array(
    z.object({
      ...{ id: z.string(), call: z.string(), function: z.string().optional(), fail: z.string().optional() },
      ...{ delayMs: z.number().optional(), times: z.number(), applied: z.number() },
    }),
  ),
});
const kills = z.object({ functions: z.array(z.object({ function: z.string(), times: z.number() })) });
const duplicates = z.object({ queues: z.array(z.object({ queueUrl: z.string(), times: z.number() })) });

export async function pendingFaults(endpoint: string): Promise<PendingFaults> {
  const { faults } = calls.parse(await askFaultPort(endpoint, 'GET', 'calls'));
  return {
    calls: faults
      .map(({ times, applied, ...fault }) => ({ ...fault, left: times - applied }))
      .filter(({ left }) => left > 0),
    kills: kills.parse(await askFaultPort(endpoint, 'GET', 'kill-at-work')).functions,
    duplicates: duplicates.parse(await askFaultPort(endpoint, 'GET', 'deliver-twice')).queues,
  };
}

/** Takes back all faults that have not come to pass, and returns what they were. What was killed is started by the next invocation. */
export async function heal(endpoint: string): Promise<PendingFaults> {
  const pending = await pendingFaults(endpoint);
  for (const { id } of pending.calls) {
    await askFaultPort(endpoint, 'DELETE', `calls/${id}`);
  }
  for (const { function: name } of pending.kills) {
    await askFaultPort(endpoint, 'POST', 'kill-at-work', { function: name, times: 0 });
  }
  for (const { queueUrl } of pending.duplicates) {
    await askFaultPort(endpoint, 'POST', 'deliver-twice', { queueUrl, times: 0 });
  }
  return pending;
}

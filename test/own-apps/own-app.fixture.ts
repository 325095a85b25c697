import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CloudFormation } from '@aws-sdk/client-cloudformation';
import { type Emulator, startEmulator } from 'embedded-aws';
import { afterAll, beforeAll, expect } from 'vitest';
import { runCdk } from '../../client/cdk/cdk-cli.ts';
import { environmentFor } from '../../client/endpoint/aws-environment.ts';
import { clientConfiguration } from '../../client/endpoint/client-configuration.ts';

/**
 * A CDK app of this folder, for the tests of one file: the plain CDK CLI deploys it to an embedded AWS of its own, which both end with
 * the tests.
 */
export function ownApp(file: string, StackName: string) {
  const scratch = mkdtempSync(join(tmpdir(), 'own-apps-'));
  let emulator: Emulator;
  let outputs: Readonly<Record<string, string | undefined>> = {};

  beforeAll(async () => {
    emulator = await startEmulator({ port: 0 });
  });
  afterAll(async () => {
    await emulator.close();
    rmSync(scratch, { recursive: true, force: true });
  });

  const client = <Client>(Class: new (configuration: ReturnType<typeof clientConfiguration>) => Client): Client =>
    new Class(clientConfiguration(emulator.url));

  /** Runs the CLI. Returns its exit code, and all that it printed. */
  async function cdk(...args: string[]): Promise<{ readonly code: number; readonly output: string }> {
    const lines: string[] = [];
    const code = await runCdk([...args, '--app', `node ${file}`, '--output', join(scratch, 'cdk.out')], {
      directory: import.meta.dirname,
      environment: { ...environmentFor(emulator.url), CDK_HOME: scratch, NO_COLOR: '1', CI: 'true' },
      onLine: (line) => lines.push(line),
    });
    return { code, output: lines.join('\n') };
  }

  return {
    client,
    cdk,
    /** Of the last deploy. */
    output: (name: string): string => {
      const value = outputs[name];
      if (value === undefined) {
        throw new Error(`There is no output ${name}; there are ${Object.keys(outputs).join(', ')}.`);
      }
      return value;
    },
    /** Deploys, and must. Returns what the CLI printed. */
    deploy: async (context: Readonly<Record<string, string>> = {}): Promise<string> => {
      const given = Object.entries(context).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
      const { code, output } = await cdk('deploy', '--require-approval', 'never', ...given);
      expect(code, output).toBe(0);
      const { Stacks: [stack] = [] } = await client(CloudFormation).describeStacks({ StackName });
      outputs = Object.fromEntries(
        (stack?.Outputs ?? []).map(({ OutputKey, OutputValue }) => [OutputKey, OutputValue]),
      );
      return output;
    },
    /** Destroys, and must. */
    destroy: async (context: Readonly<Record<string, string>> = {}): Promise<void> => {
      const given = Object.entries(context).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
      const { code, output } = await cdk('destroy', '--force', ...given);
      expect(code, output).toBe(0);
    },
  };
}

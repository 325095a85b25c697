import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { GetFunctionConfigurationCommand, type LambdaClient } from '@aws-sdk/client-lambda';
import type { SnapshotUnderTest } from '../experiment/snapshot-under-test.ts';
import type { WorkingCopy } from '../experiment/working-copy.ts';
import { secretsIn } from './secret-scan.ts';

/** What a person can read who should not need to be trusted with a secret, by what it is. */
export type Places = Readonly<Record<'source' | 'bundle' | 'template' | 'configuration', readonly string[]>>;

export interface PlacesOptions {
  readonly snapshot: SnapshotUnderTest;
  /** What was built of it. */
  readonly bundles: Awaited<ReturnType<WorkingCopy['bundle']>>;
  readonly lambda: LambdaClient;
  /** The source that is reachable from the roots. */
  readonly files: readonly string[];
}

/** Everything that a deploy is made of and shows of itself. */
export async function readPlaces({ snapshot, bundles, lambda, files }: PlacesOptions): Promise<Places> {
  const configuration = await lambda.send(
    new GetFunctionConfigurationCommand({ FunctionName: snapshot.outputs()['OrderingFunction'] }),
  );
  const read = (paths: readonly string[]) => Promise.all(paths.map((path) => readFile(path, 'utf8')));
  return {
    source: await read(files.map((file) => join(snapshot.repository, file))),
    bundle: await read([...bundles.values()].map(({ file }) => file)),
    template: [JSON.stringify(snapshot.template())],
    configuration: [JSON.stringify(configuration)],
  };
}

/**
 * How many secrets lie about in each place; the same one twice in a place is one.
 *
 * What the stack names in its outputs is where something is, and opens no door, unless it is a secret by its format or a known
 * one: of a secret that is its ARN (CloudFormation Template Reference, "AWS::SecretsManager::Secret"), and on MiniStack its
 * name, which looks made up.
 */
export function countHits(
  places: Places,
  known: readonly string[],
  outputs: readonly string[],
): Readonly<Record<keyof Places, number>> {
  const counts = Object.entries(places).map(([place, texts]) => {
    const values = texts
      .flatMap((text) => secretsIn(text, known))
      .filter(({ kind, value }) => kind !== 'assignment' || !outputs.includes(value))
      .map(({ value }) => value);
    return [place, new Set(values).size] as const;
  });
  return Object.fromEntries(counts) as Record<keyof Places, number>;
}

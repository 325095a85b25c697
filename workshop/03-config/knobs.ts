import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { GetSecretValueCommand, PutSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { GetParameterCommand, PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import type { SnapshotUnderTest } from '../experiment/snapshot-under-test.ts';
import type { WorkingCopy } from '../experiment/working-copy.ts';

/** A setting of the factory that an operator can change, in whatever way the factory offers. */
export interface Knob {
  /**
   * Sets it, and says whether that left something to be deployed: a line of source. Otherwise the factory takes notice by
   * itself, in a moment.
   */
  set(value: string): Promise<boolean>;
  /** Sets it to what it was, unless it is a line of source. */
  putBack(): Promise<void>;
}

export interface Knobs {
  /** Milliseconds that a cookie bakes. */
  readonly ovenTime: Knob;
  readonly supplierKey: Knob;
  /** The supplier key of now, where it is not in the source. */
  readonly secret: string | undefined;
  /** Deploys what was edited. */
  deploy(): Promise<void>;
  /** Puts everything back. */
  close(): Promise<void>;
}

/** How settings are written in source. */
const inSource = {
  ovenTime: /(?<=\bovenMilliseconds: )\d+/g,
  supplierKey: /\bsk_cookie_\w+/g,
} as const;

/** The knobs of a snapshot: those that its stack names among its outputs, and else lines of its source. */
export async function findKnobs(
  snapshot: SnapshotUnderTest,
  copy: WorkingCopy,
  files: readonly string[],
): Promise<Knobs> {
  const { OvenTimeParameter: parameter, SupplierKeySecret: secret } = snapshot.outputs();
  const [ssm, secrets] = [new SSMClient(snapshot.clients), new SecretsManagerClient(snapshot.clients)];
  const [ovenTime, supplierKey] = await Promise.all([
    parameter ? parameterKnob(ssm, parameter) : sourceKnob(copy, files, inSource.ovenTime),
    secret ? secretKnob(secrets, secret) : sourceKnob(copy, files, inSource.supplierKey),
  ]);
  let deployed = false;
  return {
    ...{ ovenTime, supplierKey },
    secret: secret && (await readSecret(secrets, secret)),
    deploy: async () => {
      deployed = true;
      await snapshot.deployFrom(copy.repository);
    },
    close: async () => {
      try {
        for (const knob of [ovenTime, supplierKey]) {
          await knob.putBack();
        }
        if (deployed) {
          await snapshot.deployFrom(snapshot.repository);
        }
      } finally {
        ssm.destroy();
        secrets.destroy();
      }
    },
  };
}

async function parameterKnob(client: SSMClient, Name: string): Promise<Knob> {
  const { Parameter } = await client.send(new GetParameterCommand({ Name }));
  const set = async (Value: string) => {
    await client.send(new PutParameterCommand({ Name, Value, Overwrite: true }));
    return false;
  };
  return { set, putBack: async () => void (await set(Parameter?.Value ?? '')) };
}

async function secretKnob(client: SecretsManagerClient, SecretId: string): Promise<Knob> {
  const before = await readSecret(client, SecretId);
  const set = async (SecretString: string) => {
    await client.send(new PutSecretValueCommand({ SecretId, SecretString }));
    return false;
  };
  return { set, putBack: async () => void (await set(before)) };
}

async function readSecret(client: SecretsManagerClient, SecretId: string): Promise<string> {
  const { SecretString = '' } = await client.send(new GetSecretValueCommand({ SecretId }));
  return SecretString;
}

/** A setting that is a line of the source, or some. */
async function sourceKnob(copy: WorkingCopy, files: readonly string[], pattern: RegExp): Promise<Knob> {
  const texts = await Promise.all(files.map((file) => readFile(join(copy.repository, file), 'utf8')));
  const places = files.filter((_file, index) => texts[index]?.search(pattern) !== -1);
  if (places.length === 0) {
    throw new Error(`Neither the stack nor the source has what ${pattern} describes.`);
  }
  return {
    set: async (value) => {
      for (const file of places) {
        await copy.edit(file, (text) => text.replaceAll(pattern, value));
      }
      return true;
    },
    putBack: async () => {},
  };
}

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { LambdaClient, UpdateFunctionConfigurationCommand, waitUntilFunctionUpdatedV2 } from '@aws-sdk/client-lambda';
import { GetSecretValueCommand, PutSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { GetParameterCommand, PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { configuredVariables } from '../../client/factory/function-environment.ts';
import { bakingEnv } from '../../functions/baking/contract.ts';
import type { SnapshotUnderTest } from '../experiment/snapshot-under-test.ts';
import type { WorkingCopy } from '../experiment/working-copy.ts';

/**
 * How a setting was changed. Written: where the factory reads it while it runs. Configured: in the environment, which is
 * a release. Edited: in the source, which is to be built and deployed.
 */
export type Change = 'written' | 'configured' | 'edited';

/** A setting of the factory that an operator can change, in whatever way the factory offers. */
export interface Knob {
  /** Sets it. The factory takes notice of what was not edited by itself, in a moment. */
  set(value: string): Promise<Change>;
  /** Sets it to what it was, unless it is a line of source. */
  putBack(): Promise<void>;
}

export interface Knobs {
  /** Milliseconds that a cookie bakes. */
  readonly ovenTime: Knob;
  readonly supplierKey: Knob;
  /** The supplier key of now, where it is in a secret. */
  readonly secret: string | undefined;
  /** Deploys what was edited. */
  deploy(): Promise<void>;
  /** Puts everything back. */
  close(): Promise<void>;
}

/** How a setting looks where it is not kept in a service. */
interface Looks {
  /** What a person would call it. */
  readonly name: string;
  readonly inSource: RegExp;
  /** The name and the value of the variable, where it is in the environment. */
  isVariable(name: string, value: string): boolean;
}

const ovenTimeLooks: Looks = {
  name: 'oven time',
  inSource: /(?<=\bovenMilliseconds: )\d+/g,
  isVariable: (name, value) => /OVEN/i.test(name) && /^\d+$/.test(value),
};
const supplierKeyLooks: Looks = {
  name: 'supplier key',
  inSource: /\bsk_cookie_\w+/g,
  isVariable: (name, value) => /KEY/i.test(name) && name !== bakingEnv.supplierKeySecret && value.length >= 16,
};

/**
 * The knobs of a snapshot: what its environment names or holds, and else lines of its source.
 * @throws Error where a setting is in none of these places
 */
export async function findKnobs(
  snapshot: SnapshotUnderTest,
  copy: WorkingCopy,
  files: readonly string[],
): Promise<Knobs> {
  const { clients } = snapshot;
  const [ssm, secrets, lambda] = [new SSMClient(clients), new SecretsManagerClient(clients), new LambdaClient(clients)];
  const functionName = snapshot.outputs()['OrderingFunction'] ?? '';
  const variables = await configuredVariables(functionName, lambda);
  const { [bakingEnv.ovenTimeParameter]: parameter, [bakingEnv.supplierKeySecret]: secret } = variables;

  const elsewhere = async (looks: Looks): Promise<Knob> => {
    const variable = Object.entries(variables).find(([name, value]) => looks.isVariable(name, value))?.[0];
    return variable === undefined
      ? await sourceKnob(copy, files, looks)
      : variableKnob(lambda, { functionName, variables, variable });
  };
  const ovenTime = parameter ? await parameterKnob(ssm, parameter) : await elsewhere(ovenTimeLooks);
  const supplierKey = secret ? await secretKnob(secrets, secret) : await elsewhere(supplierKeyLooks);
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
        for (const client of [ssm, secrets, lambda]) {
          client.destroy();
        }
      }
    },
  };
}

async function parameterKnob(client: SSMClient, Name: string): Promise<Knob> {
  const { Parameter } = await client.send(new GetParameterCommand({ Name }));
  const set = async (Value: string): Promise<Change> => {
    await client.send(new PutParameterCommand({ Name, Value, Overwrite: true }));
    return 'written';
  };
  return { set, putBack: async () => void (await set(Parameter?.Value ?? '')) };
}

async function secretKnob(client: SecretsManagerClient, SecretId: string): Promise<Knob> {
  const before = await readSecret(client, SecretId);
  const set = async (SecretString: string): Promise<Change> => {
    await client.send(new PutSecretValueCommand({ SecretId, SecretString }));
    return 'written';
  };
  return { set, putBack: async () => void (await set(before)) };
}

async function readSecret(client: SecretsManagerClient, SecretId: string): Promise<string> {
  const { SecretString = '' } = await client.send(new GetSecretValueCommand({ SecretId }));
  return SecretString;
}

interface Configured {
  readonly functionName: string;
  readonly variables: Readonly<Record<string, string>>;
  readonly variable: string;
}

/** A setting that is the value of an environment variable. */
function variableKnob(client: LambdaClient, { functionName, variables, variable }: Configured): Knob {
  const FunctionName = functionName;
  const set = async (value: string): Promise<Change> => {
    const Variables = { ...variables, [variable]: value };
    await client.send(new UpdateFunctionConfigurationCommand({ FunctionName, Environment: { Variables } }));
    await waitUntilFunctionUpdatedV2({ client, minDelay: 1, maxWaitTime: 60 }, { FunctionName });
    return 'configured';
  };
  return { set, putBack: async () => void (await set(variables[variable] ?? '')) };
}

/** A setting that is a line of the source, or some. */
async function sourceKnob(copy: WorkingCopy, files: readonly string[], looks: Looks): Promise<Knob> {
  const texts = await Promise.all(files.map((file) => readFile(join(copy.repository, file), 'utf8')));
  const places = files.filter((_file, index) => texts[index]?.search(looks.inSource) !== -1);
  if (places.length === 0) {
    const { ovenTimeParameter, supplierKeySecret } = bakingEnv;
    throw new Error(
      `The ${looks.name} is neither in the environment nor in the source. ${ovenTimeParameter} names a parameter, ${supplierKeySecret} a secret.`,
    );
  }
  return {
    set: async (value) => {
      for (const file of places) {
        await copy.edit(file, (text) => text.replaceAll(looks.inSource, value));
      }
      return 'edited';
    },
    putBack: async () => {},
  };
}

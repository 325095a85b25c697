import { readFile } from 'node:fs/promises';
import { GetSecretValueCommand, PutSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { GetParameterCommand, PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { recipeBookLimits } from '../../functions/adapters/contract.ts';
import { bakeWork } from '../../functions/domain/contract.ts';
import { reasonOf } from '../../terminal/reason.ts';
import { UserError } from '../../terminal/user-error.ts';
import { clientConfiguration } from '../endpoint/client-configuration.ts';
import type { Outputs } from './deployed-names.ts';

/** Something of the running factory that an operator changes without a deploy. */
export interface Setting {
  /** What it is, and how it is written on the command line. */
  readonly says: string;
  /** The output that says where it is kept. */
  readonly output: string;
  /** How long until the factory takes notice, for a person to read. */
  readonly noticedWithin: string;
  /** What is stored for what a person typed. @throws UserError for what a snapshot could not work with */
  parse(text: string, snapshot: number): Promise<string>;
  /** Stored values are told like this. */
  shown(value: string): string;
}

/** The first snapshot in which a batch must be done in time. Those before wait for an oven as long as for any. */
const firstInTime = 9;
const longestWait = 60_000;

export const settings = {
  oven: {
    says: `milliseconds that a cookie bakes, 0 to ${bakeWork.longestOvenMs} (${longestWait} before snapshot ${firstInTime})`,
    output: 'OvenTimeParameter',
    noticedWithin: '5 s',
    parse: async (text, snapshot) => {
      const longest = snapshot < firstInTime ? longestWait : bakeWork.longestOvenMs;
      if (!/^\d{1,6}$/.test(text) || Number(text) > longest) {
        throw new UserError(`"${text}" is no oven time: a whole number from 0 to ${longest} ms is needed.`);
      }
      return String(Number(text));
    },
    shown: (value) => `${value} ms`,
  },
  recipes: {
    says: 'the recipe book: a JSON file, such as infra/house-recipes.json',
    output: 'RecipeBookParameter',
    noticedWithin: '30 s',
    parse: readRecipeFile,
    shown: (value) => `${(JSON.parse(value) as unknown[]).length} recipes`,
  },
  key: {
    says: 'the key that signs vouchers for the supplier, 1 to 128 characters',
    output: 'SupplierKeySecret',
    noticedWithin: '5 s',
    parse: async (text) => {
      if (!/^[\x21-\x7e]{1,128}$/.test(text)) {
        throw new UserError('A key is 1 to 128 printable characters without blanks.');
      }
      return text;
    },
    // A secret is not for the screen.
    shown: (value) => `${value.length} characters`,
  },
} as const satisfies Readonly<Record<string, Setting>>;

export type SettingName = keyof typeof settings;

export const isSettingName = (name: string): name is SettingName => Object.hasOwn(settings, name);

/** Reads a recipe book as the factory would: nothing is written that no order could be baked from. */
async function readRecipeFile(file: string): Promise<string> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    throw new UserError(`${file} cannot be read: ${reasonOf(error)}`);
  });
  // What checks a book is a quarter of the command, and only who changes one has need of it.
  const { readRecipes } = await import('../../functions/adapters/recipe-document.ts');
  try {
    readRecipes(text, file);
  } catch (error) {
    throw new UserError(reasonOf(error));
  }
  const value = JSON.stringify(JSON.parse(text));
  if (Buffer.byteLength(value) > recipeBookLimits.bytes) {
    throw new UserError(
      `${file} is ${Buffer.byteLength(value)} bytes long without its spaces, and an SSM parameter holds ${recipeBookLimits.bytes}.`,
    );
  }
  return value;
}

/** Where a setting of a stack is kept. @throws UserError where the stack has no such setting */
export function placeOf(name: SettingName, outputs: Outputs): string {
  const place = outputs[settings[name].output];
  if (place === undefined) {
    throw new UserError(
      `This snapshot keeps its ${name} in the source: its stack names no ${settings[name].output}. Change it there, and deploy.`,
    );
  }
  return place;
}

/** Reads or writes a setting where it is kept. Returns what it was. */
export async function exchange(name: SettingName, place: string, endpoint: string, value?: string): Promise<string> {
  return name === 'key'
    ? await exchangeSecret(place, endpoint, value)
    : await exchangeParameter(place, endpoint, value);
}

async function exchangeParameter(Name: string, endpoint: string, value?: string): Promise<string> {
  const client = new SSMClient(clientConfiguration(endpoint));
  try {
    const { Parameter } = await client.send(new GetParameterCommand({ Name }));
    if (value !== undefined) {
      await client.send(new PutParameterCommand({ Name, Value: value, Overwrite: true }));
    }
    return Parameter?.Value ?? '';
  } finally {
    client.destroy();
  }
}

async function exchangeSecret(SecretId: string, endpoint: string, value?: string): Promise<string> {
  const client = new SecretsManagerClient(clientConfiguration(endpoint));
  try {
    const { SecretString = '' } = await client.send(new GetSecretValueCommand({ SecretId }));
    if (value !== undefined) {
      await client.send(new PutSecretValueCommand({ SecretId, SecretString: value }));
    }
    return SecretString;
  } finally {
    client.destroy();
  }
}

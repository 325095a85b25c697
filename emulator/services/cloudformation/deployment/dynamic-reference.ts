import type { CloudFormationDeps } from '../engine.ts';
import { validationError } from '../errors.ts';
import type { Properties } from '../provider.ts';
import { replaceWithin } from '../template/allowance.ts';
import { isObject } from '../template/template.ts';

const referencePattern = /\{\{resolve:([\w-]+):([^{}]+)\}\}/g;

/**
 * Properties with their references to secrets resolved: `{{resolve:secretsmanager:...}}`, and `{{resolve:ssm-secure:...}}`.
 * Done at the last moment, so that a stack never keeps a secret. See "Get values stored in other services using
 * dynamic references" of the CloudFormation User Guide.
 */
export async function withSecrets(properties: Properties, deps: CloudFormationDeps): Promise<Properties> {
  if (!JSON.stringify(properties).includes('{{resolve:')) {
    return properties;
  }
  return (await resolveIn(properties, deps)) as Properties;
}

async function resolveIn(value: unknown, deps: CloudFormationDeps): Promise<unknown> {
  if (typeof value === 'string') {
    return resolveText(value, deps);
  }
  if (Array.isArray(value)) {
    return Promise.all(value.map((item) => resolveIn(item, deps)));
  }
  if (!isObject(value)) {
    return value;
  }
  const entries = Object.entries(value).map(async ([name, member]) => [name, await resolveIn(member, deps)] as const);
  return Object.fromEntries(await Promise.all(entries));
}

async function resolveText(text: string, deps: CloudFormationDeps): Promise<string> {
  const values = new Map<string, string>();
  for (const [, service = '', reference = ''] of text.matchAll(referencePattern)) {
    const key = `${service}:${reference}`;
    if (!values.has(key)) {
      values.set(key, await lookUp(service, reference, deps));
    }
  }
  return replaceWithin(
    'a dynamic reference',
    text,
    referencePattern,
    (service, reference) => values.get(`${service}:${reference}`) ?? '',
  );
}

async function lookUp(service: string, reference: string, deps: CloudFormationDeps): Promise<string> {
  if (service === 'secretsmanager') {
    return lookUpSecret(reference, deps);
  }
  const value = service === 'ssm-secure' ? deps.getParameter(reference) : undefined;
  if (value !== undefined) {
    return value;
  }
  throw validationError(`Could not resolve the dynamic reference {{resolve:${service}:${reference}}}.`);
}

/** `secret-id:SecretString:json-key:version-stage:version-id`, where the id may be an ARN of seven parts. */
async function lookUpSecret(reference: string, deps: CloudFormationDeps): Promise<string> {
  const parts = reference.split(':');
  const secretId = parts.splice(0, reference.startsWith('arn:') ? 7 : 1).join(':');
  const [, key = '', stage = '', id = ''] = parts;
  const text = await deps.getSecretString?.(secretId, { ...(stage && { stage }), ...(id && { id }) });
  if (text === undefined) {
    throw validationError(`Secrets Manager can't find the specified secret: ${secretId}`);
  }
  if (!key) {
    return text;
  }
  const value = memberOf(text, key);
  if (value === undefined) {
    throw validationError(`Could not find a value associated with JSONKey in SecretString: ${secretId}, ${key}`);
  }
  return String(value);
}

function memberOf(text: string, key: string): unknown {
  try {
    return (JSON.parse(text) as Record<string, unknown>)[key];
  } catch {
    return undefined;
  }
}

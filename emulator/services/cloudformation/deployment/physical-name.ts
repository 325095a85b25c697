import { createHash } from 'node:crypto';

export interface PhysicalNameOptions {
  readonly lowerCase?: boolean;
  readonly suffix?: string;
}

const randomLength = 12;

/**
 * `{stackName}-{logicalId}-{12 characters}` as CloudFormation makes it. Both names are cut evenly where `maxLength` does
 * not suffice. The characters at the end are a hash of the seed: the same seed gives the same name.
 */
export function physicalName(
  stackName: string,
  logicalId: string,
  seed: string,
  maxLength: number,
  { lowerCase = false, suffix = '' }: PhysicalNameOptions = {},
): string {
  const hash = BigInt(`0x${createHash('sha256').update(seed).digest('hex')}`).toString(36);
  const random = hash.slice(-randomLength).toUpperCase();
  const room = Math.max(0, maxLength - suffix.length - random.length - 2);
  const half = Math.floor(room / 2);
  const stackPart = stackName.slice(0, Math.max(half, room - logicalId.length));
  const parts = [stackPart, logicalId.slice(0, room - stackPart.length), random].filter(Boolean);
  const name = parts.join('-').slice(-(maxLength - suffix.length)) + suffix;
  return lowerCase ? name.toLowerCase() : name;
}

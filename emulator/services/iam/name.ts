import { randomInt } from 'node:crypto';
import { invalidValue } from './errors.ts';

const characters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** A unique id as IAM makes them: four letters that tell the kind of the entity (`AROA` a role, `ANPA` a policy), then 17. */
export function uniqueId(prefix: string): string {
  return prefix + Array.from({ length: 17 }, () => characters.charAt(randomInt(characters.length))).join('');
}

/** Source: "IAM and AWS STS quotas" and "IAM identifiers": letters, digits and `_+=,.@-`; compared without case. */
export function checkName(at: string, name: string | undefined, maxLength: number): string {
  if (name === undefined || name.length === 0) {
    throw invalidValue(at, name ?? null, 'Member must have length greater than or equal to 1');
  }
  if (name.length > maxLength) {
    throw invalidValue(at, name, `Member must have length less than or equal to ${maxLength}`);
  }
  if (!/^[\w+=,.@-]+$/.test(name)) {
    throw invalidValue(at, name, 'Member must satisfy regular expression pattern: [\\w+=,.@-]+');
  }
  return name;
}

/** A path such as `/`, the default, or `/division/team/`. */
export function checkPath(path: string | undefined): string {
  if (path === undefined) {
    return '/';
  }
  if (path.length > 512 || !/^\/([!-~]+\/)?$/.test(path)) {
    throw invalidValue(
      'path',
      path,
      'Member must satisfy regular expression pattern: (\\u002F)|(\\u002F[\\u0021-\\u007E]+\\u002F)',
    );
  }
  return path;
}

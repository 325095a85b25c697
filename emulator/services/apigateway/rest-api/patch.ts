import type { PatchOperation } from '@aws-sdk/client-api-gateway';
import { badRequest } from './errors.ts';

/** How the value of a member is written in a patch, which is text. */
type Reader = (value: string) => unknown;

export const asText: Reader = (value) => value;
export const asBoolean: Reader = (value) => value === 'true';
export const asNumber: Reader = (value) => Number(value);

/**
 * Changes what a patch names. Source: API Gateway API Reference, "Patch Operations".
 * @param members the members that can be changed, and how each is read; `name/*` for a map, `name[]` for a list
 * @throws BadRequestException for any other path
 */
export function patched<Target extends object>(
  target: Target,
  operations: readonly PatchOperation[] | undefined,
  members: Readonly<Record<string, Reader>>,
): Target {
  return (operations ?? []).reduce<Target>((current, operation) => patchedOnce(current, operation, members), target);
}

function patchedOnce<Target extends object>(
  target: Target,
  { op, path = '', value = '' }: PatchOperation,
  members: Readonly<Record<string, Reader>>,
): Target {
  const [, member = '', rest] = /^\/([^/]+)(?:\/(.+))?$/.exec(path) ?? [];
  const key = rest?.replaceAll('~1', '/').replaceAll('~0', '~');
  const before = (target as Readonly<Record<string, unknown>>)[member];
  const isRemoved = op === 'remove';
  if (key === undefined && Object.hasOwn(members, member)) {
    return { ...target, [member]: isRemoved ? undefined : members[member]?.(value) };
  }
  if (key !== undefined && Object.hasOwn(members, `${member}/*`)) {
    const { [key]: _gone, ...others } = (before ?? {}) as Record<string, unknown>;
    return { ...target, [member]: isRemoved ? others : { ...others, [key]: members[`${member}/*`]?.(value) } };
  }
  if (key !== undefined && Object.hasOwn(members, `${member}[]`)) {
    const others = ((before ?? []) as unknown[]).filter((one) => one !== key);
    return { ...target, [member]: isRemoved ? others : [...others, op === 'replace' && value ? value : key] };
  }
  throw badRequest(
    `Invalid patch path  '${path}' specified for op '${op}'. Must be one of: [${Object.keys(members)
      .map((name) => `/${name}`)
      .join(', ')}]`,
  );
}

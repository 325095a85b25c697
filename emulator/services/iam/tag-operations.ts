import type * as iam from '@aws-sdk/client-iam';
import type { Tag } from '@aws-sdk/client-iam';
import type { Handlers } from '../../wire/operation.ts';
import { listTags, type Tags, tagEntries, withoutTags, withTags } from '../../wire/tags.ts';
import { invalidInput, limitExceeded } from './errors.ts';
import type { ManagedPolicies } from './managed-policy.ts';
import { pageOf } from './paging.ts';
import type { Principals, User } from './principal.ts';
import type { Roles } from './role.ts';

interface Tagged {
  tags: Tags;
}

/** The operations on the tags of roles, users and managed policies. */
export function tagOperations(roles: Roles, users: Principals<User>, policies: ManagedPolicies) {
  return {
    TagRole: ({ RoleName, Tags }) => tag(roles.get(RoleName), Tags),
    UntagRole: ({ RoleName, TagKeys }) => untag(roles.get(RoleName), TagKeys),
    ListRoleTags: (input) => page(roles.get(input.RoleName), input),
    TagUser: ({ UserName, Tags }) => tag(users.get(UserName), Tags),
    UntagUser: ({ UserName, TagKeys }) => untag(users.get(UserName), TagKeys),
    ListUserTags: (input) => page(users.get(input.UserName), input),
    TagPolicy: ({ PolicyArn, Tags }) => tag(policies.get(PolicyArn), Tags),
    UntagPolicy: ({ PolicyArn, TagKeys }) => untag(policies.get(PolicyArn), TagKeys),
    ListPolicyTags: (input) => page(policies.get(input.PolicyArn), input),
  } satisfies Handlers<typeof iam>;
}

function tag(resource: Tagged, added: readonly Tag[] | undefined) {
  resource.tags = taggedWith(resource.tags, added);
  return {};
}

function untag(resource: Tagged, keys: readonly string[] | undefined) {
  resource.tags = withoutTags(resource.tags, keys);
  return {};
}

function page(
  { tags }: Tagged,
  input: { readonly MaxItems?: number | undefined; readonly Marker?: string | undefined },
) {
  const { items, ...position } = pageOf(listTags(tags), ({ Key }) => Key, input);
  return { Tags: items, ...position };
}

/** Tags of a role or a policy with some added. @throws InvalidInput where a key comes twice, LimitExceeded */
export function taggedWith(tags: Tags, added: readonly Tag[] = []): Tags {
  if (new Set(added.map(({ Key }) => Key)).size < added.length) {
    throw invalidInput('Duplicate tag keys found. Please note that Tag keys are case insensitive.');
  }
  return withTags(tags, tagEntries(added), () => limitExceeded('The number of tags has reached the maximum limit.'));
}

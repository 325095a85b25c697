import { limitExceeded, noSuchEntity } from './errors.ts';
import { type ManagedPolicies, policyNameOf } from './managed-policy.ts';
import { checkName } from './name.ts';
import { pageOf } from './paging.ts';
import { encodeDocument, parseIdentityPolicy, policySize } from './policy-document.ts';
import type { PolicyHolder } from './principal.ts';

/** Bytes of all inline policies. Source: "IAM and AWS STS quotas". */
const inlineSizeLimits = { role: 10_240, user: 2048, group: 5120 };
const attachedLimit = 10;

type Paged = Parameters<typeof pageOf>[2];

/** What is done to the policies of a role, a user or a group: those that are part of it, and managed ones that are attached to it. */
export function heldPolicies(kind: keyof typeof inlineSizeLimits, policies: ManagedPolicies) {
  const existing = ({ inlinePolicies }: PolicyHolder, name = ''): string => {
    const text = inlinePolicies.get(name);
    if (text === undefined) {
      throw noSuchEntity(`The ${kind} policy with name ${name} cannot be found.`);
    }
    return text;
  };
  return {
    put: (holder: PolicyHolder, policyName: string | undefined, document = '') => {
      const name = checkName('policyName', policyName, 128);
      parseIdentityPolicy(document);
      const others = [...holder.inlinePolicies].filter(([other]) => other !== name).map(([, text]) => policySize(text));
      const limit = inlineSizeLimits[kind];
      if (others.reduce((sum, size) => sum + size, policySize(document)) > limit) {
        throw limitExceeded(`Maximum policy size of ${limit} bytes exceeded for ${kind} ${holder.name}`);
      }
      holder.inlinePolicies.set(name, document);
      return {};
    },
    get: (holder: PolicyHolder, PolicyName = '') => ({
      PolicyName,
      PolicyDocument: encodeDocument(existing(holder, PolicyName)),
    }),
    list: ({ inlinePolicies }: PolicyHolder, input: Paged) => {
      const { items, ...position } = pageOf([...inlinePolicies.keys()].sort(), (name) => name, input);
      return { PolicyNames: items, ...position };
    },
    delete: (holder: PolicyHolder, policyName = '') => {
      existing(holder, policyName);
      holder.inlinePolicies.delete(policyName);
      return {};
    },
    attach: ({ attachedPolicies }: PolicyHolder, policyArn: string | undefined) => {
      const arn = policies.check(policyArn);
      if (!attachedPolicies.has(arn) && attachedPolicies.size >= attachedLimit) {
        throw limitExceeded(
          `Cannot exceed quota for PoliciesPer${kind[0]?.toUpperCase()}${kind.slice(1)}: ${attachedLimit}`,
        );
      }
      attachedPolicies.add(arn);
      return {};
    },
    detach: ({ attachedPolicies }: PolicyHolder, policyArn = '') => {
      if (!attachedPolicies.delete(policyArn)) {
        throw noSuchEntity(`Policy ${policyArn} was not found.`);
      }
      return {};
    },
    listAttached: ({ attachedPolicies }: PolicyHolder, input: Paged) => {
      const { items, ...position } = pageOf([...attachedPolicies], (arn) => arn, input);
      return { AttachedPolicies: items.map((arn) => ({ PolicyArn: arn, PolicyName: policyNameOf(arn) })), ...position };
    },
  };
}

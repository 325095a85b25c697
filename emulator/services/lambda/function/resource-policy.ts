export interface PolicyStatement {
  readonly Sid: string;
  readonly Effect: 'Allow';
  readonly Principal: '*' | { readonly Service: string } | { readonly AWS: string };
  readonly Action: string;
  readonly Resource: string;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** The resource-based policy of a function, a version or an alias. */
export interface ResourcePolicy {
  readonly statements: ReadonlyMap<string, PolicyStatement>;
  readonly revisionId: string;
}

/** Whether anybody may do this by the function's URL, which is what AuthType NONE asks of the policy. */
export function allowsAnybody(policy: ResourcePolicy | undefined, action: string): boolean {
  return [...(policy?.statements.values() ?? [])].some(
    ({ Principal, Action, Condition }) =>
      Principal === '*' &&
      (Action === action || Action === 'lambda:*') &&
      Object.values(Condition ?? {}).every((terms) => Object.entries(terms).every(holdsForAnybody)),
  );
}

const holdsForAnybody = ([key, value]: [string, string]): boolean =>
  (key === 'lambda:FunctionUrlAuthType' && value === 'NONE') ||
  (key === 'lambda:InvokedViaFunctionUrl' && value === 'true');

import type { ApiKey, UsagePlan } from '@aws-sdk/client-api-gateway';

/** The API keys of a region, and the plans that say for which stages they are good. */
export class UsagePlans {
  readonly keys = new Map<string, ApiKey>();
  readonly plans = new Map<string, UsagePlan>();
  /** IDs of keys, by the plan that has them. */
  readonly members = new Map<string, Set<string>>();

  /** The key of a request, where a plan has it that is for the stage. */
  keyFor(value: string | undefined, apiId: string, stage: string): ApiKey | undefined {
    const key = [...this.keys.values()].find((one) => one.value === value && one.enabled);
    const isGood = [...this.plans].some(
      ([id, { apiStages = [] }]) =>
        this.members.get(id)?.has(key?.id ?? '') && apiStages.some((one) => one.apiId === apiId && one.stage === stage),
    );
    return isGood ? key : undefined;
  }
}

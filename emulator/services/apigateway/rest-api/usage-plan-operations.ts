import { randomBytes } from 'node:crypto';
import type * as apigateway from '@aws-sdk/client-api-gateway';
import type { Handlers } from '../../../wire/operation.ts';
import { newId } from '../serving/api-server.ts';
import { badRequest, conflict } from './errors.ts';
import { pageOf } from './paging.ts';
import { asBoolean, asText, patched } from './patch.ts';
import { existing } from './rest-api.ts';
import type { UsagePlans } from './usage-plans.ts';

/** Characters of a key. */
const [leastValue, mostValue] = [20, 128];

/**
 * API keys and usage plans. Source: API Gateway Developer Guide, "Usage plans and API keys for REST APIs". Throttles and quotas are
 * kept, and nothing is held against them.
 */
export function usagePlanOperations({ keys, plans, members }: UsagePlans) {
  const membersOf = (planId = ''): Set<string> => {
    existing(plans, 'Usage Plan', planId);
    const set = members.get(planId) ?? new Set();
    members.set(planId, set);
    return set;
  };
  const planKey = (id: string): apigateway.UsagePlanKey => {
    const { name, value } = existing(keys, 'API Key', id);
    return { id, type: 'API_KEY', name, value };
  };

  return {
    CreateApiKey: ({ name, description, enabled = false, value = newValue(), tags, customerId }) => {
      if (value.length < leastValue || value.length > mostValue) {
        throw badRequest(`API Key value should be at least ${leastValue} characters`);
      }
      if ([...keys.values()].some((key) => key.value === value)) {
        throw conflict('API Key already exists');
      }
      const now = new Date();
      const key = { id: newId(), name, description, enabled, value, tags, customerId, stageKeys: [] };
      keys.set(key.id, { ...key, createdDate: now, lastUpdatedDate: now });
      return existing(keys, 'API Key', key.id);
    },
    GetApiKey: ({ apiKey, includeValue }) => shown(existing(keys, 'API Key', apiKey), includeValue),
    GetApiKeys: ({ nameQuery = '', includeValues, ...input }) =>
      pageOf(
        [...keys.values()]
          .filter(({ name = '' }) => name.startsWith(nameQuery))
          .map((key) => shown(key, includeValues)),
        ({ id }) => id,
        input,
      ),
    UpdateApiKey: ({ apiKey = '', patchOperations }) => {
      const key = patched(existing(keys, 'API Key', apiKey), patchOperations, {
        customerId: asText,
        description: asText,
        enabled: asBoolean,
        name: asText,
      });
      keys.set(apiKey, { ...key, lastUpdatedDate: new Date() });
      return shown(key, false);
    },
    DeleteApiKey: ({ apiKey = '' }) => {
      existing(keys, 'API Key', apiKey);
      keys.delete(apiKey);
      for (const plan of members.values()) {
        plan.delete(apiKey);
      }
      return {};
    },

    CreateUsagePlan: ({ name, description, apiStages = [], throttle, quota, tags }) => {
      const plan = { id: newId(), name, description, apiStages, throttle, quota, tags };
      plans.set(plan.id, plan);
      return plan;
    },
    GetUsagePlan: ({ usagePlanId }) => existing(plans, 'Usage Plan', usagePlanId),
    GetUsagePlans: ({ keyId, ...input }) =>
      pageOf(
        [...plans.values()].filter(({ id = '' }) => keyId === undefined || members.get(id)?.has(keyId)),
        ({ id }) => id,
        input,
      ),
    UpdateUsagePlan: ({ usagePlanId = '', patchOperations = [] }) => {
      const before = existing(plans, 'Usage Plan', usagePlanId);
      const isStage = ({ path }: apigateway.PatchOperation) => path === '/apiStages';
      const apiStages = patchOperations.filter(isStage).reduce(withStage, before.apiStages ?? []);
      const others = patchOperations.filter((one) => !isStage(one));
      const plan = patched({ ...before, apiStages }, others, { description: asText, name: asText });
      plans.set(usagePlanId, plan);
      return plan;
    },
    DeleteUsagePlan: ({ usagePlanId = '' }) => {
      existing(plans, 'Usage Plan', usagePlanId);
      plans.delete(usagePlanId);
      members.delete(usagePlanId);
      return {};
    },

    CreateUsagePlanKey: ({ usagePlanId, keyId = '' }) => {
      const key = planKey(keyId);
      const set = membersOf(usagePlanId);
      if (set.has(keyId)) {
        throw conflict('Usage Plan Key already exists');
      }
      set.add(keyId);
      return key;
    },
    GetUsagePlanKey: ({ usagePlanId, keyId }) =>
      existing(new Map([...membersOf(usagePlanId)].map((id) => [id, planKey(id)])), 'Usage Plan Key', keyId),
    GetUsagePlanKeys: ({ usagePlanId, ...input }) =>
      pageOf([...membersOf(usagePlanId)].map(planKey), ({ id }) => id, input),
    DeleteUsagePlanKey: ({ usagePlanId, keyId = '' }) => {
      const set = membersOf(usagePlanId);
      existing(new Map([...set].map((id) => [id, id])), 'Usage Plan Key', keyId);
      set.delete(keyId);
      return {};
    },
  } satisfies Handlers<typeof apigateway>;
}

const newValue = (): string => randomBytes(20).toString('hex');

/** A key, without its value unless the request asks for it. */
function shown({ value, ...key }: apigateway.ApiKey, includeValue: boolean | undefined): apigateway.ApiKey {
  return includeValue ? { ...key, value } : key;
}

/** `API-ID:STAGE` is put into a plan or taken out of it. */
function withStage(
  stages: apigateway.ApiStage[],
  { op, value = '' }: apigateway.PatchOperation,
): apigateway.ApiStage[] {
  const [apiId, stage] = value.split(':');
  const others = stages.filter((one) => one.apiId !== apiId || one.stage !== stage);
  return op === 'remove' ? others : [...others, { apiId, stage }];
}

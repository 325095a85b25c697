import type * as apigateway from '@aws-sdk/client-api-gateway';
import type { Handlers } from '../../../wire/operation.ts';
import { badRequest, conflict } from './errors.ts';
import { pageOf } from './paging.ts';
import { asBoolean, asText, patched } from './patch.ts';
import { existing, type RestApi } from './rest-api.ts';

const stageName = /^\w{1,128}$/;

/** Deployments and stages of a REST API: a stage serves what there was when its deployment was made. */
export const stageOperations = (apis: ReadonlyMap<string, RestApi>) =>
  ({
    CreateDeployment: ({ restApiId, stageName, stageDescription, description, variables, tracingEnabled }) => {
      const api = existing(apis, 'API', restApiId);
      if (![...api.resources.values()].some(({ methods }) => methods.size > 0)) {
        throw badRequest("The REST API doesn't contain any methods");
      }
      for (const { methods, path } of api.resources.values()) {
        for (const { methodIntegration } of methods.values()) {
          if (!methodIntegration) {
            throw badRequest(`No integration defined for method (${path})`);
          }
        }
      }
      const deployment = api.deploy(description);
      const deploymentId = deployment.description.id;
      if (stageName !== undefined) {
        const stage =
          api.stages.get(stageName) ?? newStage(api, stageName, { description: stageDescription, tracingEnabled });
        api.stages.set(stageName, {
          ...stage,
          ...(variables && { variables }),
          deploymentId,
          lastUpdatedDate: new Date(),
        });
      }
      return deployment.description;
    },
    GetDeployment: ({ restApiId, deploymentId }) =>
      existing(existing(apis, 'API', restApiId).deployments, 'Deployment', deploymentId).description,
    GetDeployments: ({ restApiId, ...input }) =>
      pageOf(
        [...existing(apis, 'API', restApiId).deployments.values()].map(({ description }) => description),
        ({ id }) => id,
        input,
      ),
    DeleteDeployment: ({ restApiId, deploymentId = '' }) => {
      const api = existing(apis, 'API', restApiId);
      existing(api.deployments, 'Deployment', deploymentId);
      if ([...api.stages.values()].some((stage) => stage.deploymentId === deploymentId)) {
        throw badRequest('Active stages pointing to this deployment must be moved or deleted');
      }
      api.deployments.delete(deploymentId);
      return {};
    },
    CreateStage: ({ restApiId, stageName = '', deploymentId, ...input }) => {
      const api = existing(apis, 'API', restApiId);
      existing(api.deployments, 'Deployment', deploymentId);
      if (api.stages.has(stageName)) {
        throw conflict('Stage already exists');
      }
      const given = Object.entries(input).filter(([, value]) => value !== undefined);
      const stage = { ...newStage(api, stageName, Object.fromEntries(given)), deploymentId };
      api.stages.set(stageName, stage);
      return stage;
    },
    GetStage: ({ restApiId, stageName }) => existing(existing(apis, 'API', restApiId).stages, 'Stage', stageName),
    GetStages: ({ restApiId, deploymentId }) => ({
      item: [...existing(apis, 'API', restApiId).stages.values()].filter(
        (stage) => deploymentId === undefined || stage.deploymentId === deploymentId,
      ),
    }),
    UpdateStage: ({ restApiId, stageName = '', patchOperations }) => {
      const api = existing(apis, 'API', restApiId);
      const before = existing(api.stages, 'Stage', stageName);
      const stage = patched(before, patchOperations, {
        deploymentId: asText,
        description: asText,
        tracingEnabled: asBoolean,
        'variables/*': asText,
      });
      existing(api.deployments, 'Deployment', stage.deploymentId);
      api.stages.set(stageName, { ...stage, lastUpdatedDate: new Date() });
      return stage;
    },
    DeleteStage: ({ restApiId, stageName = '' }) => {
      const api = existing(apis, 'API', restApiId);
      existing(api.stages, 'Stage', stageName);
      api.stages.delete(stageName);
      return {};
    },
  }) satisfies Handlers<typeof apigateway>;

function newStage(api: RestApi, name: string, more: apigateway.Stage): apigateway.Stage {
  if (!stageName.test(name)) {
    throw badRequest('Stage name only allows a-zA-Z0-9_');
  }
  const now = new Date();
  const stage = {
    cacheClusterEnabled: false,
    cacheClusterStatus: 'NOT_AVAILABLE' as const,
    methodSettings: {},
    tracingEnabled: false,
    ...more,
    stageName: name,
    createdDate: now,
    lastUpdatedDate: now,
  };
  api.stages.set(name, stage);
  return stage;
}

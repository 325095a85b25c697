import type * as apigateway from '@aws-sdk/client-apigatewayv2';
import type { Handlers } from '../../../wire/operation.ts';
import { badRequest, conflict, refuseMembers } from './errors.ts';
import { existing, type HttpApi, type Stage } from './http-api.ts';
import { pageOf } from './paging.ts';

const name = /^(\$default|[\w-]{1,128})$/;
const refused = ['ClientCertificateId'] as const;

/** Stages and deployments of an HTTP API. Settings of throttling, logs and metrics are kept, and change nothing. */
export const stageOperations = (apis: ReadonlyMap<string, HttpApi>) =>
  ({
    CreateStage: ({ ApiId, StageName = '', ...input }) => {
      const api = existing(apis, 'API', ApiId);
      refuseMembers(input, refused);
      if (!name.test(StageName)) {
        throw badRequest(`Invalid stage name specified ${StageName}`);
      }
      if (api.stages.has(StageName)) {
        throw conflict(`Stage already exists`);
      }
      const stage: Stage = {
        AutoDeploy: false,
        CreatedDate: new Date(),
        DefaultRouteSettings: { DetailedMetricsEnabled: false },
        RouteSettings: {},
        StageVariables: {},
        Tags: {},
        ...input,
        LastUpdatedDate: new Date(),
        StageName,
      };
      checkDeployment(api, stage);
      api.stages.set(StageName, stage);
      return stage;
    },
    GetStage: ({ ApiId, StageName }) => existing(existing(apis, 'API', ApiId).stages, 'stage', StageName),
    GetStages: ({ ApiId, ...input }) =>
      pageOf([...existing(apis, 'API', ApiId).stages.values()], ({ StageName }) => StageName, input),
    UpdateStage: ({ ApiId, StageName = '', ...input }) => {
      const api = existing(apis, 'API', ApiId);
      const before = existing(api.stages, 'stage', StageName);
      refuseMembers(input, refused);
      const given = Object.entries(input).filter(([, value]) => value !== undefined);
      const stage: Stage = { ...before, ...Object.fromEntries(given), LastUpdatedDate: new Date() };
      checkDeployment(api, stage);
      api.stages.set(StageName, stage);
      return stage;
    },
    DeleteStage: ({ ApiId, StageName = '' }) => {
      const api = existing(apis, 'API', ApiId);
      existing(api.stages, 'stage', StageName);
      api.stages.delete(StageName);
      return {};
    },
    CreateDeployment: ({ ApiId, Description, StageName }) => {
      const api = existing(apis, 'API', ApiId);
      const stage = StageName === undefined ? undefined : existing(api.stages, 'stage', StageName);
      const deployment = api.deploy(Description, false);
      if (stage) {
        api.stages.set(stage.StageName, { ...stage, DeploymentId: deployment.DeploymentId });
      }
      return deployment;
    },
    GetDeployment: ({ ApiId, DeploymentId }) =>
      existing(existing(apis, 'API', ApiId).deployments, 'Deployment', DeploymentId).description,
    GetDeployments: ({ ApiId, ...input }) =>
      pageOf(
        [...existing(apis, 'API', ApiId).deployments.values()].map(({ description }) => description),
        ({ DeploymentId }) => DeploymentId,
        input,
      ),
    DeleteDeployment: ({ ApiId, DeploymentId = '' }) => {
      const api = existing(apis, 'API', ApiId);
      existing(api.deployments, 'Deployment', DeploymentId);
      const user = [...api.stages.values()].find((stage) => stage.DeploymentId === DeploymentId);
      if (user) {
        throw badRequest(`Active stages with deployment '${DeploymentId}' must be deleted: ${user.StageName}`);
      }
      api.deployments.delete(DeploymentId);
      return {};
    },
  }) satisfies Handlers<typeof apigateway>;

function checkDeployment(api: HttpApi, { DeploymentId }: Stage): void {
  if (DeploymentId !== undefined) {
    existing(api.deployments, 'Deployment', DeploymentId);
  }
}

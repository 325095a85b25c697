import { expect, test } from 'vitest';
import { ask, startApiGateway } from './api-gateway.fixture.ts';

/** As CDK writes a method that demands a key, the key, and a plan for both. */
const template = (uri: string) => ({
  Resources: {
    Api: { Type: 'AWS::ApiGateway::RestApi', Properties: { Name: 'shop' } },
    Get: {
      Type: 'AWS::ApiGateway::Method',
      Properties: {
        RestApiId: { Ref: 'Api' },
        ResourceId: { 'Fn::GetAtt': ['Api', 'RootResourceId'] },
        HttpMethod: 'GET',
        AuthorizationType: 'NONE',
        ApiKeyRequired: true,
        Integration: { Type: 'AWS_PROXY', IntegrationHttpMethod: 'POST', Uri: uri },
      },
    },
    Deployment: { Type: 'AWS::ApiGateway::Deployment', DependsOn: 'Get', Properties: { RestApiId: { Ref: 'Api' } } },
    Stage: {
      Type: 'AWS::ApiGateway::Stage',
      Properties: { RestApiId: { Ref: 'Api' }, DeploymentId: { Ref: 'Deployment' }, StageName: 'live' },
    },
    Key: { Type: 'AWS::ApiGateway::ApiKey', Properties: { Enabled: true } },
    Plan: {
      Type: 'AWS::ApiGateway::UsagePlan',
      Properties: {
        ApiStages: [{ ApiId: { Ref: 'Api' }, Stage: { Ref: 'Stage' } }],
        Throttle: { RateLimit: 1, BurstLimit: 1 },
      },
    },
    Member: {
      Type: 'AWS::ApiGateway::UsagePlanKey',
      Properties: { KeyId: { Ref: 'Key' }, KeyType: 'API_KEY', UsagePlanId: { Ref: 'Plan' } },
    },
  },
  Outputs: {
    Url: { Value: { 'Fn::Sub': `https://\${Api}.execute-api.\${AWS::Region}.\${AWS::URLSuffix}/live/` } },
    Key: { Value: { Ref: 'Key' } },
    Plan: { Value: { Ref: 'Plan' } },
  },
});

test('a method that demands a key answers those that its plan has, as long as they are enabled', async () => {
  const { v1, uriOf, createStack, deleteStack } = await startApiGateway();
  const TemplateBody = JSON.stringify(template(uriOf('echo')));
  const { Url = '', Key: apiKey, Plan: usagePlanId } = await createStack('Shop', { TemplateBody });
  const { value = '' } = await v1.getApiKey({ apiKey, includeValue: true });
  expect((await v1.getApiKey({ apiKey })).value).toBeUndefined();
  const answer = async (headers: Record<string, string>) => {
    const { status, body } = await ask(Url, { headers });
    return [status, JSON.parse(body).message ?? JSON.parse(body).requestContext.identity.apiKeyId];
  };
  expect(await answer({})).toEqual([403, 'Forbidden']);
  expect(await answer({ 'x-api-key': 'x'.repeat(20) })).toEqual([403, 'Forbidden']);
  expect(await answer({ 'x-api-key': value })).toEqual([200, apiKey]);
  await v1.updateApiKey({ apiKey, patchOperations: [{ op: 'replace', path: '/enabled', value: 'false' }] });
  expect(await answer({ 'x-api-key': value })).toEqual([403, 'Forbidden']);

  // A key of no plan is good for nothing.
  const other = await v1.createApiKey({ name: 'other', enabled: true, value: 'y'.repeat(30) });
  expect(await answer({ 'x-api-key': 'y'.repeat(30) })).toEqual([403, 'Forbidden']);
  await v1.createUsagePlanKey({ usagePlanId, keyId: other.id, keyType: 'API_KEY' });
  expect(await answer({ 'x-api-key': 'y'.repeat(30) })).toEqual([200, other.id]);
  expect((await v1.getUsagePlanKeys({ usagePlanId })).items?.map(({ id }) => id).sort()).toEqual(
    [apiKey, other.id].sort(),
  );
  await deleteStack('Shop');
  expect((await v1.getUsagePlans({})).items).toEqual([]);
});

import { textOf } from '../api-input.ts';
import { propertiesOf, recordOnly } from '../record-only.ts';

const shortfall = 'this endpoint validates no requests: a function gets all of them.';

/** Source: "AWS::ApiGateway::Model". `Ref` is its name. */
export const apiGatewayModel = recordOnly(
  'AWS::ApiGateway::Model',
  propertiesOf(['Description', 'Schema'], ['ContentType', 'Name', 'RestApiId']),
  ({ Name }, { physicalName }) => ({
    physicalId: textOf(Name ?? physicalName(64).replaceAll('-', ''), '#/Name'),
    attributes: {},
  }),
  shortfall,
);

/** Source: "AWS::ApiGateway::RequestValidator". `Ref` is its ID. */
export const apiGatewayRequestValidator = recordOnly(
  'AWS::ApiGateway::RequestValidator',
  propertiesOf(['ValidateRequestBody', 'ValidateRequestParameters'], ['Name', 'RestApiId']),
  (_properties, { physicalName }) => {
    const RequestValidatorId = physicalName(64);
    return { physicalId: RequestValidatorId, attributes: { RequestValidatorId } };
  },
  shortfall,
);

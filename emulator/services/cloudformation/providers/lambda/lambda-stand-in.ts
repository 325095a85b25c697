import type { Properties } from '../../provider.ts';

/** The functions of CDK's own whose work this endpoint does by itself, by the logical IDs that CDK gives them. */
const served =
  /^(BucketNotificationsHandler050a0587b7544547bf325f094a3db834|CustomCDKBucketDeployment8693BB64968944B69AAFB0CC9EB8756C)/;

/** Whether a function stands in a template for work that this endpoint does by itself. They are written in Python. */
export const isStandIn = (logicalId: string, { Runtime }: Properties): boolean =>
  served.test(logicalId) && String(Runtime).startsWith('python');

/** The function that is made of it: it says so, if anybody invokes it. */
export function standIn({ Layers: _layers, Architectures: _architectures, ...properties }: Properties): Properties {
  const says = 'This endpoint does the work of this function by itself, and does not run it.';
  return {
    ...properties,
    Runtime: 'nodejs24.x',
    Handler: 'index.handler',
    Code: { ZipFile: `exports.handler = async () => { throw new Error(${JSON.stringify(says)}); };` },
  };
}

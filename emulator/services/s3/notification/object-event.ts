import { randomBytes, randomUUID } from 'node:crypto';

/** What has become of an object. */
export interface ObjectEvent {
  /** Without `s3:`, such as `ObjectCreated:Put`. */
  readonly name: string;
  readonly bucket: { readonly name: string; readonly location: string };
  readonly key: string;
  /** Bytes; undefined of what is deleted. */
  readonly size?: number | undefined;
  readonly etag?: string | undefined;
  readonly versionId?: string | undefined;
  /** The tracing header of the request that did it. */
  readonly traceHeader?: string | undefined;
}

let last = 0n;

/** Text that is larger, for what happens later to the same key. */
function nextSequencer(): string {
  last = last + 1n > BigInt(Date.now()) << 16n ? last + 1n : BigInt(Date.now()) << 16n;
  return last.toString(16).toUpperCase().padStart(16, '0');
}

const principalId = 'EXAMPLE';

/** The message that a destination gets. Source: Amazon S3 User Guide, "Event message structure". */
export function messageOf({ name, bucket, key, size, etag, versionId }: ObjectEvent, configurationId: string): string {
  const record = {
    eventVersion: '2.1',
    eventSource: 'aws:s3',
    awsRegion: bucket.location,
    eventTime: new Date().toISOString(),
    eventName: name,
    userIdentity: { principalId },
    requestParameters: { sourceIPAddress: '127.0.0.1' },
    responseElements: {
      'x-amz-request-id': randomBytes(8).toString('hex').toUpperCase(),
      'x-amz-id-2': randomBytes(48).toString('base64'),
    },
    s3: {
      s3SchemaVersion: '1.0',
      configurationId,
      bucket: { name: bucket.name, ownerIdentity: { principalId }, arn: `arn:aws:s3:::${bucket.name}` },
      object: {
        key: encodeURIComponent(key).replaceAll('%20', '+').replaceAll('%2F', '/'),
        ...(size !== undefined && { size }),
        ...(etag !== undefined && { eTag: etag.replaceAll('"', '') }),
        ...(versionId !== undefined && { versionId }),
        sequencer: nextSequencer(),
      },
    },
  };
  return JSON.stringify({ Records: [record] });
}

/** What queues and topics get when they are made destinations. */
export const testMessageOf = (bucket: string): string =>
  JSON.stringify({
    Service: 'Amazon S3',
    Event: 's3:TestEvent',
    Time: new Date().toISOString(),
    Bucket: bucket,
    RequestId: randomBytes(8).toString('hex').toUpperCase(),
    HostId: randomBytes(48).toString('base64'),
  });

const reasons: Readonly<Record<string, string>> = {
  'ObjectCreated:CompleteMultipartUpload': 'CompleteMultipartUpload',
  'ObjectCreated:Copy': 'CopyObject',
  'ObjectCreated:Put': 'PutObject',
  'ObjectRemoved:Delete': 'DeleteObject',
  'ObjectRemoved:DeleteMarkerCreated': 'DeleteObject',
};

/** The event that EventBridge gets. Source: Amazon S3 User Guide, "EventBridge event message structure". */
export function busEventOf({ name, bucket, key, size, etag, versionId }: ObjectEvent, requester: string) {
  const isRemoved = name.startsWith('ObjectRemoved:');
  return {
    detailType: isRemoved ? 'Object Deleted' : 'Object Created',
    resources: [`arn:aws:s3:::${bucket.name}`],
    detail: {
      version: '0',
      bucket: { name: bucket.name },
      object: {
        key,
        ...(size !== undefined && { size }),
        ...(etag !== undefined && { etag: etag.replaceAll('"', '') }),
        ...(versionId !== undefined && { 'version-id': versionId }),
        sequencer: nextSequencer(),
      },
      'request-id': randomUUID(),
      requester,
      'source-ip-address': '127.0.0.1',
      reason: reasons[name],
      ...(isRemoved && {
        'deletion-type': name.endsWith('MarkerCreated') ? 'Delete Marker Created' : 'Permanently Deleted',
      }),
    },
  };
}

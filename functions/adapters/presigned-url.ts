/** A document that could not be written. Says nothing of the URL: whoever has that may write in our place. */
export class UploadFailed extends Error {
  override readonly name = 'UploadFailed';

  constructor(status: number) {
    super(`The presigned URL answered ${status}`);
  }
}

/**
 * Writes a JSON document to a presigned URL.
 *
 * With an empty content type, because that is what CloudFormation has signed: any other makes S3 refuse it.
 *
 * @throws UploadFailed, or what `fetch` throws when nobody answers.
 */
export async function putJson(presignedUrl: string, document: object): Promise<void> {
  const response = await fetch(presignedUrl, {
    method: 'PUT',
    headers: { 'content-type': '' },
    body: JSON.stringify(document),
  });
  await response.arrayBuffer();
  if (!response.ok) {
    throw new UploadFailed(response.status);
  }
}

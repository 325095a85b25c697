/** The names of the errors by which the services say that something does not exist. */
const notFound: ReadonlySet<string> = new Set([
  'NoSuchBucket',
  'NoSuchBucketPolicy',
  'NoSuchEntityException',
  'NotFound',
  'NotFoundException',
  'ParameterNotFound',
  'QueueDoesNotExist',
  'ResourceNotFoundException',
]);

/** Takes something away; what is gone already is no error. */
export async function unlessGone(take: () => unknown): Promise<void> {
  try {
    await take();
  } catch (error) {
    if (!isNotFound(error)) {
      throw error;
    }
  }
}

/** Whether a service says that something does not exist. */
export const isNotFound = (error: unknown): boolean => error instanceof Error && notFound.has(error.name);

/** What a service tells of something; undefined where that does not exist. */
export async function ifPresent<Result>(ask: () => Promise<Result> | Result): Promise<Result | undefined> {
  try {
    return await ask();
  } catch (error) {
    if (isNotFound(error)) {
      return undefined;
    }
    throw error;
  }
}

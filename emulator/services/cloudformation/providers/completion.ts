/**
 * Does what is left of a creation once the thing exists. Where that fails, the thing is taken away again: no stack would
 * know of it, and the next attempt would meet it.
 */
export async function complete<Result>(
  rest: () => Promise<Result> | Result,
  takeAway: () => Promise<unknown> | unknown,
): Promise<Result> {
  try {
    return await rest();
  } catch (error) {
    try {
      await takeAway();
    } catch {
      // The first error is the one to tell.
    }
    throw error;
  }
}

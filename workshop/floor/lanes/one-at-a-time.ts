/** Does something whenever it is called, but not while it is under way: what answers slowly is not asked more and more. */
export function oneAtATime(work: () => Promise<void>): () => void {
  let isUnderWay = false;
  return () => {
    if (!isUnderWay) {
      isUnderWay = true;
      void work().finally(() => {
        isUnderWay = false;
      });
    }
  };
}

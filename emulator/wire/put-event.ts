/** Puts an event on a bus of EventBridge, by the bus's ARN: what services need of it. Rejects as EventBridge does. */
export type PutEvent = (
  busArn: string,
  event: {
    readonly source: string;
    readonly detailType: string;
    readonly resources: readonly string[];
    /** JSON. */
    readonly detail: string;
  },
) => Promise<unknown>;

/** Where there is no EventBridge. */
export const noBuses: PutEvent = () => Promise.reject(new Error('There are no event buses here.'));

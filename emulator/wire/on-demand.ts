/** Something that is made when it is first asked for, and is the same ever after. */
export interface OnDemand<T> {
  (): Promise<T>;
  /** What was made, if it ever was asked for. */
  readonly made: Promise<T> | undefined;
}

/** Most of what the endpoint can do is never asked for by one who uses it: that is loaded late, so that all else starts soon. */
export function onDemand<T>(make: () => Promise<T>): OnDemand<T> {
  let made: Promise<T> | undefined;
  const ask = (): Promise<T> => {
    made ??= make();
    return made;
  };
  return Object.defineProperty(ask, 'made', { get: () => made }) as OnDemand<T>;
}

/** A file as it stands on one side. */
export interface Source {
  /** From the repository's root. */
  readonly path: string;
  readonly text: string;
}

/** What plays the same role on both sides, and is not the same: at least one side is there. */
export interface FileChange {
  /** Whether it is a composition root, a stack, or a module of the snapshot's own folder. */
  readonly isRoot: boolean;
  readonly before?: Source;
  readonly after?: Source;
}

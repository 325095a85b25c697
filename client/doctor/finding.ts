/** What the doctor found out about one thing. */
export interface Finding {
  /** What was looked at, in a word or two. */
  readonly name: string;
  /** `stops` is the only one that keeps a person from the workshop; `note` is worth knowing. */
  readonly state: 'fine' | 'note' | 'stops';
  /** What is there. */
  readonly says: string;
  /** What to do about it; missing where that is nothing. */
  readonly todo?: string;
}

export const fine = (name: string, says: string): Finding => ({ name, state: 'fine', says });

export const note = (name: string, says: string, todo: string): Finding => ({ name, state: 'note', says, todo });

export const stops = (name: string, says: string, todo: string): Finding => ({ name, state: 'stops', says, todo });

/** The most identities that are remembered of an authorizer. */
const most = 10_000;

/** What an authorizer said of identities, for as long as it may be asked again only then. */
export class AuthorizerCache<Answer> {
  readonly #answers = new Map<string, { readonly answer: Answer; readonly until: number }>();

  /** Asks where the answer is not known. @param seconds for how long one is kept; 0 for none */
  async get(identity: string, seconds: number, ask: () => Promise<Answer>): Promise<Answer> {
    const known = this.#answers.get(identity);
    if (known && known.until > Date.now()) {
      return known.answer;
    }
    const answer = await ask();
    this.#answers.delete(identity);
    if (seconds > 0) {
      this.#answers.set(identity, { answer, until: Date.now() + seconds * 1000 });
      const [oldest] = this.#answers.keys();
      if (this.#answers.size > most && oldest !== undefined) {
        this.#answers.delete(oldest);
      }
    }
    return answer;
  }
}

/** Room for one cookie: the one by which a balancer knows which server a client belongs to. */
export class CookieJar {
  #cookie: string | undefined;

  /** The value of a `Cookie` header; undefined where none was set. */
  get cookie(): string | undefined {
    return this.#cookie;
  }

  /** Keeps the first cookie that an answer sets. */
  take(setCookie: readonly string[] | undefined): void {
    const [first] = setCookie ?? [];
    if (first !== undefined) {
      this.#cookie = first.split(';')[0];
    }
  }
}

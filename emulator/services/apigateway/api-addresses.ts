/** The host name that an API has on AWS, in a URL. */
const awsUrl = /https:\/\/([a-z0-9]{10})\.execute-api\.[a-z0-9-]+\.amazonaws\.com/g;

/**
 * Where the APIs of a region answer. On AWS that follows from an API's ID, and CDK writes the URL into outputs and variables by itself; here it
 * is a loopback port.
 */
export class ApiAddresses {
  readonly #origins = new Map<string, string>();

  set(apiId: string, origin: string): void {
    this.#origins.set(apiId, origin);
  }

  delete(apiId: string): void {
    this.#origins.delete(apiId);
  }

  /** A text in which the APIs that there are have their addresses here. */
  inText(text: string): string {
    return text.includes('.execute-api.')
      ? text.replaceAll(awsUrl, (url, apiId: string) => this.#origins.get(apiId) ?? url)
      : text;
  }
}

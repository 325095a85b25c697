/** A template as a plain object. */
export type PlainTemplate = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/**
 * A template without what changes with every build: keys of assets, ids of versions and releases. What is left of two
 * snapshots differs by their factor.
 */
export function normalised(template: unknown): PlainTemplate {
  const text = JSON.stringify(template)
    .replaceAll(/\b[0-9a-f]{64}\b/g, 'ASSET')
    .replaceAll(/(CurrentVersion[0-9A-F]{8})[0-9a-f]{32}/g, '$1')
    .replaceAll(/"RELEASE":"[0-9a-f]{12}"/g, '"RELEASE":"RELEASE"');
  return JSON.parse(text) as PlainTemplate;
}

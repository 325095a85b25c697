import type { Method } from '@aws-sdk/client-api-gateway';
import type { Resource } from './rest-api.ts';

/** A resource and a method that a request is for. */
export interface Found {
  readonly resource: Resource;
  readonly method: Method;
  readonly parameters: Readonly<Record<string, string>>;
}

const label = /^\{([\w.:-]+)(\+?)\}$/;

/**
 * The method that a request is for. A literal part wins over `{label}`, that over `{proxy+}`, and a method over ANY. Source: API Gateway
 * Developer Guide, "Set up a proxy integration with a proxy resource".
 */
export function findMethod(resources: readonly Resource[], httpMethod: string, path: string): Found | undefined {
  const parts = path.split('/').filter((part, at, all) => part !== '' || (at > 0 && at < all.length - 1));
  const byParent = Map.groupBy(resources, ({ parentId }) => parentId);
  const find = (resource: Resource, at: number, parameters: Found['parameters']): Found | undefined => {
    if (at === parts.length) {
      const method = resource.methods.get(httpMethod) ?? resource.methods.get('ANY');
      return method && { resource, method, parameters };
    }
    const part = decoded(parts[at] ?? '');
    const children = byParent.get(resource.id) ?? [];
    const literal = children.find(({ pathPart }) => pathPart === part);
    const labelled = children.map((child) => ({ child, match: label.exec(child.pathPart ?? '') }));
    const one = labelled.find(({ match }) => match?.[2] === '');
    const rest = labelled.find(({ match }) => match?.[2] === '+');
    return (
      (literal && find(literal, at + 1, parameters)) ??
      (one?.match?.[1] === undefined ? undefined : find(one.child, at + 1, { ...parameters, [one.match[1]]: part })) ??
      (rest?.match?.[1] === undefined
        ? undefined
        : find(rest.child, parts.length, { ...parameters, [rest.match[1]]: decoded(parts.slice(at).join('/')) }))
    );
  };
  const [root] = byParent.get(undefined) ?? [];
  return root && find(root, 0, {});
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

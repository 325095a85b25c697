import { badRequest } from './errors.ts';

/** What a route is for: a method, or any, and the segments of a path. */
export interface RouteKey {
  readonly text: string;
  /** Undefined for any. */
  readonly method: string | undefined;
  /** Undefined for `$default`. */
  readonly segments: readonly string[] | undefined;
}

const pattern = /^(ANY|DELETE|GET|HEAD|OPTIONS|PATCH|POST|PUT) (\/\S*)$/;
const label = /^\{([\w.:-]+)(\+?)\}$/;

/** Source: API Gateway Developer Guide, "Create routes for HTTP APIs in API Gateway". @throws BadRequestException */
export function readRouteKey(text: string): RouteKey {
  if (text === '$default') {
    return { text, method: undefined, segments: undefined };
  }
  const [, method = '', path = ''] = pattern.exec(text) ?? [];
  const segments = path.split('/').slice(1);
  const greedy = segments.findIndex((segment) => label.exec(segment)?.[2] === '+');
  const isWrong = segments.some((segment) => /[{}]/.test(segment) && !label.test(segment));
  if (method === '' || isWrong || (greedy !== -1 && greedy < segments.length - 1)) {
    throw badRequest(
      `The provided route key is not formatted properly for HTTP protocol. Format should be "<HTTP METHOD> /<RESOURCE PATH>" or "$default"`,
    );
  }
  return { text, method: method === 'ANY' ? undefined : method, segments };
}

/** The key that fits a request best, and what its labels stand for. Full matches win over labels, labels over `{proxy+}`. */
export function bestRoute<Route extends { readonly key: RouteKey }>(
  routes: readonly Route[],
  method: string,
  path: string,
): { readonly route: Route; readonly parameters: Readonly<Record<string, string>> } | undefined {
  const segments = path.split('/').slice(1);
  let best: { route: Route; parameters: Record<string, string>; rank: string } | undefined;
  for (const route of routes) {
    if (route.key.method !== undefined && route.key.method !== method) {
      continue;
    }
    const match = matchOf(route.key, segments);
    // A method of its own counts where the paths are as good as each other.
    const rank = match && `${match.rank}${route.key.method === undefined ? '0' : '1'}`;
    if (match && rank && (!best || rank > best.rank)) {
      best = { route, parameters: match.parameters, rank };
    }
  }
  return best;
}

/** How well a key fits: a digit for each segment, the higher the closer. */
function matchOf(
  { segments: wanted }: RouteKey,
  segments: readonly string[],
): { rank: string; parameters: Record<string, string> } | undefined {
  if (!wanted) {
    return { rank: '0', parameters: {} };
  }
  const parameters: Record<string, string> = {};
  let rank = '';
  for (const [at, segment] of wanted.entries()) {
    const [, name, greedy] = label.exec(segment) ?? [];
    const found = segments[at];
    if (found === undefined || (name !== undefined && found === '')) {
      return undefined;
    }
    if (name !== undefined && greedy === '+') {
      parameters[name] = decoded(segments.slice(at).join('/'));
      return { rank: `${rank}1`, parameters };
    }
    if (name !== undefined) {
      parameters[name] = decoded(found);
    } else if (decoded(found) !== segment && found !== segment) {
      return undefined;
    }
    rank += name === undefined ? '3' : '2';
  }
  return wanted.length === segments.length ? { rank: `${rank}4`, parameters } : undefined;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

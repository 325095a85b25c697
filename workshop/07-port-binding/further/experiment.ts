import { fetchFrom } from '../../../client/endpoint/http-request.ts';
import { experiment } from '../../experiment/experiment.ts';
import { exactly, yes } from '../../experiment/requirement.ts';
import { statusOf } from '../services.ts';

/** The end of factor 7: the menu is a service, and whoever knows the old path is sent there. */
export const proof = experiment({
  question: 'Can the menu be read without a process of the shop?',
  observables: {
    moved: {
      kind: 'gate',
      title: 'GET /recipes at the URL of ordering',
      must: exactly('308'),
      lookAt: 'Ordering keeps the path and answers it with a redirect: 308, and a `location`.',
    },
    ownMenu: {
      kind: 'gate',
      title: 'the redirect leads to the recipes, at the MenuUrl of the stack',
      must: yes,
      lookAt:
        'The location must be the path /recipes at MenuUrl, which a variable tells ordering; MenuUrl leads to a function of its own, and that one needs the recipe book.',
    },
    apart: { kind: 'guard', title: 'GET /metrics at the URL of ordering', must: exactly('404') },
  },
  async observe({ outputs, signal }) {
    const { OrderingUrl = '', MenuUrl } = outputs();
    const answer = await fetchFrom(new URL('/recipes', OrderingUrl), { signal });
    await answer.arrayBuffer();
    const location = URL.parse(answer.headers.get('location') ?? '', OrderingUrl);
    const host = URL.parse(MenuUrl ?? '')?.host;
    const isOwn = location !== null && location.host === host && host !== URL.parse(OrderingUrl)?.host;
    return {
      moved: String(answer.status),
      ownMenu: isOwn && (await showsRecipes(location, signal)),
      apart: await statusOf(OrderingUrl, '/metrics', signal),
    };
  },
});

async function showsRecipes(url: URL, signal: AbortSignal): Promise<boolean> {
  const answer = await fetchFrom(url, { signal });
  const { recipes } = answer.status === 200 ? ((await answer.json()) as { readonly recipes?: unknown }) : {};
  return Array.isArray(recipes) && recipes.length > 0;
}

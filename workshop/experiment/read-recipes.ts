import { fetchFrom } from '../../client/endpoint/http-request.ts';
import type { Recipe } from '../../functions/domain/recipe.ts';

/** What a factory says that it bakes: the answer to `GET /recipes`. @throws where it answers anything else */
export async function readRecipes(url: string, signal: AbortSignal): Promise<readonly Recipe[]> {
  const response = await fetchFrom(new URL('/recipes', url), { signal });
  const text = await response.text();
  if (!response.ok) {
    throw new Error(`GET /recipes was answered ${response.status}: ${text}`);
  }
  return (JSON.parse(text) as { recipes: Recipe[] }).recipes;
}

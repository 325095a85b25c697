import type { Settings } from '../protocol.ts';
import type { Store } from './store.ts';

/** What to watch in the scene that is on. */
export function SceneBox({ store, settings }: { readonly store: Store; readonly settings: Settings }) {
  const scene = store.scenes.find(({ name }) => name === settings.scene);
  if (!scene) {
    return null;
  }
  return (
    <section class="scene" aria-label="What to watch">
      <h2>{`Factor ${scene.name}. ${scene.title}`}</h2>
      <ol>
        {scene.sentences.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ol>
    </section>
  );
}

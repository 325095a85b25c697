import type { Settings } from '../protocol.ts';
import type { Store } from './store.ts';

/** What to watch in the scene that is on. */
export function SceneBox({ store, settings }: { readonly store: Store; readonly settings: Settings }) {
  const scene = store.scenes.find(({ name }) => name === settings.scene);
  if (!scene) {
    const [only, other] = store.lanes;
    const canKill = only?.summary.status === 'open' && only.summary.figures.environments !== null;
    const isAlone = canKill && other === undefined;
    return isAlone ? <Invitation store={store} /> : null;
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

/** Where one factory is alone, what to do with it, and what to see it beside. */
function Invitation({ store }: { readonly store: Store }) {
  const watch = (name: string, says: string) => (
    <button type="button" class="inline" onClick={() => void store.do({ action: 'scene', name })}>
      {says}
    </button>
  );
  return (
    <section class="scene" aria-label="What to try">
      <p>
        <strong>Click an oven: its baker dies, and no order is lost.</strong> Then compare:{' '}
        {watch('6', 'orders in memory')} {watch('9', 'orders baked twice')}
      </p>
    </section>
  );
}

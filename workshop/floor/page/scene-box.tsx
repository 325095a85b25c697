import type { BreakRequest, Settings } from '../protocol.ts';
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
  const again = settings.breaks.find(({ name }) => name === scene.breaks);
  return (
    <section class="scene" aria-label="What to watch">
      <div class="scene-head">
        <h2>{`Factor ${scene.name}. ${scene.title}`}</h2>
        {again && (
          <button
            type="button"
            class="inline"
            aria-pressed={again.isOn}
            onClick={() => void store.do({ action: 'break', name: again.name })}
          >
            {again.isOn ? `End: ${again.title}` : again.title}
          </button>
        )}
      </div>
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
  const press = (request: BreakRequest, says: string) => (
    <button type="button" class="inline" onClick={() => void store.do(request)}>
      {says}
    </button>
  );
  return (
    <section class="scene" aria-label="What to try">
      <p>
        <strong>Kill a baker at work, and see where its order goes.</strong>{' '}
        {press({ action: 'break', name: 'kill-at-work' }, 'Kill a baker')} Then see why that needs{' '}
        {press({ action: 'scene', name: '6' }, 'orders in a table')} and{' '}
        {press({ action: 'scene', name: '9' }, 'each order baked once')}
      </p>
    </section>
  );
}

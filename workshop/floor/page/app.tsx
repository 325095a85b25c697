import { useEffect, useReducer, useState } from 'preact/hooks';
import { BreakButtons } from './break-buttons.tsx';
import { Header } from './header.tsx';
import { LaneView } from './lane-view.tsx';
import { LogView } from './log-view.tsx';
import { SceneBox } from './scene-box.tsx';
import type { Chosen, Store } from './store.ts';

/** Words change so often at the most, in milliseconds: nobody reads faster. */
const wordsEveryMs = 100;

export function App({ store }: { readonly store: Store }) {
  useWords(store);
  const [chosen, choose] = useState<Chosen>({ lane: 0, environment: '' });
  const { settings, lanes } = store;
  if (!settings) {
    return (
      <main class="opening">
        <h1>The factory floor</h1>
        <p role="status">{store.isConnected ? 'Looking at the factory…' : 'Connecting to the floor…'}</p>
      </main>
    );
  }
  return (
    <>
      <Header store={store} settings={settings} />
      <main>
        <SceneBox store={store} settings={settings} />
        <div class={`lanes lanes-${lanes.length}`}>
          {lanes.map((lane, at) => (
            <LaneView key={`${at} ${lane.summary.title}`} store={store} lane={lane} number={at} onChoose={choose} />
          ))}
        </div>
        <BreakButtons store={store} settings={settings} />
        <LogView lanes={lanes} chosen={chosen} onAll={() => choose({ lane: chosen.lane, environment: '' })} />
      </main>
    </>
  );
}

/** Draws the words again when something changed. */
function useWords(store: Store): void {
  const again = useReducer((count: number) => count + 1, 0)[1];
  useEffect(() => {
    let isWaiting = false;
    return store.subscribe(() => {
      if (!isWaiting) {
        isWaiting = true;
        setTimeout(() => {
          isWaiting = false;
          again(undefined);
        }, wordsEveryMs);
      }
    });
  }, [store]);
}

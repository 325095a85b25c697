import { useEffect, useState } from 'preact/hooks';
import type { SceneShown } from '../protocol.ts';
import type { Store } from './store.ts';

/** The lesson's scene on the floor: what to watch, and the way there. */
export function ScenePanel({ store }: { readonly store: Store }) {
  const [scene, setScene] = useState<SceneShown | undefined>(undefined);
  const [failure, setFailure] = useState('');
  useEffect(() => {
    store.scene().then(setScene, (error: Error) => setFailure(error.message));
  }, [store]);
  if (!scene) {
    return <p role="status">{failure || 'Looking for the scene…'}</p>;
  }
  return (
    <>
      <h2>{scene.title}</h2>
      <ol>
        {scene.sentences.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ol>
      <p>
        <a class="button" href={`/?present&scene=${store.factor}`}>
          Watch it on the floor
        </a>
      </p>
    </>
  );
}

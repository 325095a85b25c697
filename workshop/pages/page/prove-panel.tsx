import { useAction, useStore } from './parts.tsx';
import { ProofView, RunView } from './proof-view.tsx';
import type { Store } from './store.ts';

/** Proves the workshop's own snapshot, shows what came of it, and leads to the floor. */
export function ProvePanel({ store }: { readonly store: Store }) {
  useStore(store);
  const { act, isWorking, refusal } = useAction();
  const { ownRun, state } = store;
  const run = ownRun?.whose === 'given' ? ownRun : undefined;
  const proof = run ? run.proof : state?.given;
  return (
    <>
      <h2>See it proved</h2>
      <p>
        The same experiment looks at snapshot {store.factor - 1} and at snapshot {store.factor}. It takes 10 to 60
        seconds.
      </p>
      <div class="buttons">
        {run && run.is !== 'ended' ? (
          <button type="button" data-do="stop" onClick={() => act(() => store.do({ action: 'stop' }))}>
            Stop
          </button>
        ) : (
          <button
            type="button"
            class="first"
            data-do="prove"
            disabled={isWorking}
            onClick={() => act(() => store.do({ action: 'prove', whose: 'given' }))}
          >
            {proof ? 'Prove again' : 'Prove'}
          </button>
        )}
        <button type="button" data-do="watch-it" onClick={() => store.watchIt()}>
          Watch it on the floor
        </button>
      </div>
      {refusal !== '' && (
        <p class="refusal" role="alert">
          {refusal}
        </p>
      )}
      {run && <RunView run={run} />}
      {proof && (!run || run.is === 'ended') && <ProofView proof={proof} />}
    </>
  );
}
